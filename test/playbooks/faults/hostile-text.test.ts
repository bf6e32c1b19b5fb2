/** Texts of hosts and servers that make a careless regular expression take hours: no host may stop the run of all others. */
import { withoutLastLineEnds } from "../../../core/line-ends";
import { readScalar } from "../../../playbooks/model/yaml-scalars";
import { parseFacts } from "../../../playbooks/runner/facts/gather-facts";
import { parseListing } from "../../../playbooks/runner/modules/archive/listing";
import { findSum } from "../../../playbooks/runner/modules/download/checksum";
import { parseHead } from "../../../playbooks/runner/modules/http/response-head";
import { endsInTime } from "../../support/ends-in-time";

const MANY = 300_000;
const SPACES = " ".repeat(MANY);
const SUM = "0".repeat(64);

test("output of a command may have many empty lines in the middle", () => {
  const text = `a${"\n".repeat(MANY)}b\r\n\n`;

  expect(endsInTime(() => withoutLastLineEnds(text))).toBe(text.slice(0, -3));
});

test("a line of /proc/cpuinfo may have any number of spaces", () => {
  const text = `@@facts:cpuinfo\nprocessor: 0\nmodel name${SPACES}x\n`;

  expect(endsInTime(() => parseFacts(text))).toMatchObject({ processor: ["0"] });
});

test("a scalar of YAML may look like a number nearly to its end", () => {
  for (const start of ["0b", "0x"]) {
    const text = `${start}${"0".repeat(MANY)}z`;
    expect(endsInTime(() => readScalar(text))).toBe(text);
  }
});

test("the owner of an archive's member may be of slashes", () => {
  const text = `-rw-r--r-- ${"/".repeat(MANY)} x`;

  expect(endsInTime(() => parseListing(text))).toBeUndefined();
});

test("a header of an HTTP answer may have any number of spaces", () => {
  const text = `HTTP/1.1 200 OK\nx: a${SPACES}b${SPACES}`;

  expect(endsInTime(() => parseHead(text))?.headers).toEqual({ x: `a${SPACES}b` });
});

test("a file of sums may have any number of spaces", () => {
  const text = `${SUM}  a${SPACES}b${SPACES}\n${SUM}  c`;

  expect(endsInTime(() => findSum(text, "c"))).toBe(SUM);
});
