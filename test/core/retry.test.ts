import fc from "fast-check";
import { backoffMs } from "../../core/retry";

test("backoffMs() doubles and stays between half and full", () => {
  expect([0, 1, 2].map((it) => backoffMs(it, () => 0))).toEqual([250, 500, 1_000]);
  expect([0, 1, 2].map((it) => backoffMs(it, () => 1))).toEqual([500, 1_000, 2_000]);
});

test("backoffMs() never exceeds the longest wait", () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const wait = backoffMs(attempt, () => random, { longestMs: 9_000 });

      expect(wait).toBeLessThanOrEqual(9_000);
      expect(wait).toBeGreaterThanOrEqual(250);
    }),
  );
});
