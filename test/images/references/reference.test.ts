import * as fc from "fast-check";
import { formatReference, parseReference } from "../../../images/references/reference";

const SHA = `sha256:${"a1".repeat(32)}`;

/** From the examples of distribution's own documentation and tests. */
test.each([
  ["ubuntu", "docker.io/library/ubuntu:latest"],
  ["a/b", "docker.io/a/b:latest"],
  ["localhost/x", "localhost/x:latest"],
  ["reg/x", "docker.io/reg/x:latest"],
  ["reg:5000/x", "reg:5000/x:latest"],
  ["docker.io/x", "docker.io/library/x:latest"],
  ["index.docker.io/x:1", "docker.io/library/x:1"],
  ["registry-1.docker.io/a/x", "docker.io/a/x:latest"],
  ["k8s.gcr.io/pause:3.7", "k8s.gcr.io/pause:3.7"],
  ["UPPER/x", "UPPER/x:latest"],
  ["[fd00::1]:5000/a/b:1", "[fd00::1]:5000/a/b:1"],
  ["library/ubuntu", "docker.io/library/ubuntu:latest"],
  ["quay.io/a__b/c---d.e:v1_2.3-x", "quay.io/a__b/c---d.e:v1_2.3-x"],
  [`quay.io/coreos/etcd:v3@${SHA}`, `quay.io/coreos/etcd@${SHA}`],
  [`busybox@${SHA}`, `docker.io/library/busybox@${SHA}`],
])("parseReference() takes %s as %s", (text, whole) => {
  const result = parseReference(text);

  expect(result.kind === "parsed" && formatReference(result.value)).toBe(whole);
});

test.each([
  ["", 'malformed name ""'],
  ["a".repeat(64), "the id of an image, not its name"],
  ["quay.io/Coreos/etcd", "only lower-case letters are allowed"],
  ["quay.io/a..b", "malformed name"],
  ["quay.io/a/", "malformed name"],
  ["a b", "malformed name"],
  ["a:", 'malformed tag ""'],
  ["a:-x", "malformed tag"],
  [`a:${"x".repeat(129)}`, "malformed tag"],
  ["a@sha256:12", "malformed digest"],
  [`a@${SHA}@${SHA}`, "more than one @"],
  [`quay.io/${"a".repeat(250)}`, "longer than 255"],
  ["https://quay.io/a", "malformed registry"],
  ["-x.io/a", "malformed registry"],
  ["a\n", "malformed name"],
  ["reg:5000/", "malformed name"],
])("parseReference() refuses %j: %s", (text, problem) => {
  expect(parseReference(text)).toEqual({
    kind: "wrong",
    problem: expect.stringContaining(problem) as string,
  });
});

test("parseReference() gives the same for what formatReference() wrote", () => {
  const parts = fc.stringMatching(/^[a-z0-9]{1,4}([._-][a-z0-9]{1,3})?$/);
  const text = fc
    .tuple(
      fc.array(parts, { minLength: 1, maxLength: 4 }),
      fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/),
    )
    .map(([names, tag]) => `${names.join("/")}:${tag}`);
  fc.assert(
    fc.property(text, (written) => {
      const once = parseReference(written);
      if (once.kind === "wrong") return;

      expect(parseReference(formatReference(once.value))).toEqual(once);
    }),
  );
});

test("parseReference() never throws, and never gives more than 255 characters of name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const result = parseReference(text);

      if (result.kind === "parsed") {
        const { registry, repository } = result.value;
        expect(`${registry}/${repository}`.length).toBeLessThanOrEqual(255);
      }
    }),
  );
});
