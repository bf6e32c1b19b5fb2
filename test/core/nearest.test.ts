import fc from "fast-check";
import { editDistance, nearest } from "../../core/nearest";

const ROLES = ["control-plane", "worker", "storage", "etcd-member"];

test.each([
  ["woker", "worker"],
  ["Worker", "worker"],
  ["etcdmember", "etcd-member"],
  ["contorl-plane", "control-plane"],
])("nearest() takes %s for %s", (given, meant) => {
  expect(nearest(given, ROLES)).toBe(meant);
});

test.each(["", "x", "banana", "data"])("nearest() has no guess for %j", (given) => {
  expect(nearest(given, ROLES)).toBeUndefined();
});

test("editDistance() is nought for equal words only, and the same in both directions", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
      expect(editDistance(left, right) === 0).toBe(left === right);
      expect(editDistance(left, right)).toBe(editDistance(right, left));
    }),
  );
});

test("editDistance() counts a swap of neighbours as one", () => {
  expect(editDistance("ab", "ba")).toBe(1);
});
