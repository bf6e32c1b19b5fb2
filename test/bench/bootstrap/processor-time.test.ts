import { sumOfTimes } from "../../../bench/bootstrap/processor-time";

test("the shell's times are summed up, minutes too", () => {
  expect(sumOfTimes("0m0.01s 0m0.02s\n2m3.50s 1m0.47s\n")).toBeCloseTo(184);
});
