import { cpuSeconds, peakMebibytes } from "../../bench/usage";

test("peakMebibytes() reads the high-water mark, not what is resident now", () => {
  const status = "Name:\tnode\nVmPeak:\t 9999 kB\nVmHWM:\t  153600 kB\nVmRSS:\t  102400 kB\n";

  expect(peakMebibytes(status)).toBe(150);
});

test("peakMebibytes() of a zombie, which has no memory, and of no process is 0", () => {
  expect(peakMebibytes("Name:\tnode\nState:\tZ (zombie)\n")).toBe(0);
  expect(peakMebibytes("")).toBe(0);
});

test("cpuSeconds() adds user and system time, whatever the process is called", () => {
  const stat = `17 (a) b (c) S 1 17 17 0 -1 4194560 1 2 3 4 150 50 7 8 20 0 1 0 999`;

  expect(cpuSeconds(stat)).toBe(2);
  expect(cpuSeconds("")).toBe(0);
});
