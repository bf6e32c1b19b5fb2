import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { compareVersions } from "../../../../../playbooks/runner/modules/packages/compare-versions";

/** What dpkg says: below, equal or above. */
function byDpkg(left: string, right: string): number {
  const holds = (relation: string): boolean =>
    spawnSync("dpkg", ["--compare-versions", left, relation, right]).status === 0;
  if (holds("eq")) return 0;
  return holds("lt") ? -1 : 1;
}

test.each([
  ["1.0", "1.0", 0],
  ["1.0", "1.00", 0],
  ["1.0~rc1", "1.0", -1],
  ["1.0~rc1", "1.0~rc1-1", -1],
  ["1:0.9", "2.0", 1],
  ["1.10", "1.9", 1],
  ["1.0-1", "1.0-1+deb12u2", -1],
  ["1.0a", "1.0+", -1],
  ["2", "10", -1],
  ["1.20230101000000000000001", "1.20230101000000000000002", -1],
  ["5.10-2-1", "5.10-2-0", 1],
])("%s against %s", (left, right, order) => {
  expect(Math.sign(compareVersions(left, right))).toBe(order);
  expect(Math.sign(compareVersions(right, left))).toBe(order === 0 ? 0 : -order);
  expect(byDpkg(left, right)).toBe(order);
});

test("the order is dpkg's", () => {
  const upstream = fc.stringMatching(/^[0-9][0-9a-c.+~]{0,5}$/);
  const version = fc
    .tuple(fc.constantFrom("", "0:", "1:"), upstream, fc.constantFrom("", "-0", "-1", "-1~x"))
    .map((it) => it.join(""));
  fc.assert(
    fc.property(version, version, (left, right) => {
      expect(Math.sign(compareVersions(left, right))).toBe(byDpkg(left, right));
    }),
    { numRuns: 60 },
  );
});
