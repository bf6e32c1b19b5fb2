import { familySeconds, sumOfTimes } from "../../../bench/bootstrap/processor-time";

test("a process's time is its own and that of children it has waited for", () => {
  const stat = "77 (a ) name) S 1 77 77 0 -1 4194560 1 2 0 0 150 50 700 100 20 0 1 0 99 8 9";

  expect(familySeconds(stat)).toBe(10);
  expect(familySeconds("")).toBe(0);
});

test("the shell's times are summed up, minutes too", () => {
  expect(sumOfTimes("0m0.01s 0m0.02s\n2m3.50s 1m0.47s\n")).toBeCloseTo(184);
});
