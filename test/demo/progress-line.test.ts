/** Which lines of a deploy are worth one of the demo's. */
import { progressLine } from "../../demo/progress-line";

test.each([
  [
    'etcd-edge  armstead_device.members["members-0"]: Creating...',
    'armstead_device.members["members-0"]: Creating...',
  ],
  [
    'armstead_device.members["members-0"]: Creation complete after 12s [id=b203]  ',
    'armstead_device.members["members-0"]: Creation complete after 12s',
  ],
  ["armstead_playbook.p: Modifying... [id=1]", "armstead_playbook.p: Modifying..."],
  ["armstead_claim.c: Destroying... [id=1]", "armstead_claim.c: Destroying..."],
])("progressLine() keeps what begins and ends: %j", (line, kept) => {
  expect(progressLine(line, false)).toBe(kept);
  expect(progressLine(line, true)).toBe(kept);
});

test("progressLine() tells of waiting only where the line is written over", () => {
  const line = "etcd-edge  armstead_device.m: Still creating... [10s elapsed]";

  expect(progressLine(line, true)).toBe("armstead_device.m: Still creating... [10s elapsed]");
  expect(progressLine(line, false)).toBeUndefined();
});

test.each([
  "",
  "  # armstead_device.m will be created",
  '  + resource "armstead_device" "m" {',
  "armstead_device.m: Refreshing state... [id=1]",
  "null_resource.n: Creating...",
  "Plan: 8 to add, 0 to change, 0 to destroy.",
])("progressLine() leaves out %j", (line) => {
  expect(progressLine(line, true)).toBeUndefined();
});
