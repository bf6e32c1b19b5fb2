import { cpuSeconds, peakMebibytes, familySeconds } from "../../bench/usage";

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

test("a process's time is its own and that of children it has waited for", () => {
  const stat = "77 (a ) name) S 1 77 77 0 -1 4194560 1 2 0 0 150 50 700 100 20 0 1 0 99 8 9";

  expect(familySeconds(stat)).toBe(10);
  expect(familySeconds("")).toBe(0);
});
