import { findSum, parseChecksum } from "../../../../../playbooks/runner/modules/download/checksum";

const A = "a".repeat(64);
const B = "b".repeat(64);

test.each([
  [`sha256:${A.toUpperCase()}`, { algorithm: "sha256", value: A }],
  [`SHA256: ${A}`, { algorithm: "sha256", value: A }],
  [
    "sha256:http://lab:7118/SHA256SUMS",
    { algorithm: "sha256", value: "http://lab:7118/SHA256SUMS" },
  ],
  ["", undefined],
])("parseChecksum() reads %j", (text, expected) => {
  expect(parseChecksum(text)).toEqual(expected);
});

test.each([A, "crc32:12345678", "sha256:zz", "sha256:"])("parseChecksum() refuses %j", (text) => {
  expect(() => parseChecksum(text)).toThrow(/checksum/);
});

test.each([
  ["the usual form", `${B}  other\n${A}  app.gz\n`],
  ["the binary form", `${A} *app.gz\n`],
  ["a path", `${B}  ./other\n${A}  ./app.gz\n`],
  ["a single sum", `${A}\n`],
])("findSum() finds the sum in %s", (_, sums) => {
  expect(findSum(sums, "app.gz")).toBe(A);
});

test("findSum() does not take the sum of another file", () => {
  expect(() => findSum(`${B}  app.gz.sig\n`, "app.gz")).toThrow("unable to find a checksum");
});
