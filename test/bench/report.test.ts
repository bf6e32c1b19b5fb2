import { formatReport } from "../../bench/report";
import { type BenchResult, type ScenarioResult, STEPS } from "../../bench/result";

/** A scenario whose steps take 1, 2, 3, … seconds, times a factor. */
function scenario(name: string, factor: number): ScenarioResult {
  return {
    name,
    holds: `what ${name} holds`,
    steps: STEPS.map((step, at) => ({ step, seconds: (at + 1) * factor, requests: at * factor })),
    terraform: { starts: 5, peakMebibytes: 80, cpuSeconds: 1.5 },
    ...(name === "floor" ? {} : { provider: { starts: 12, peakMebibytes: 150.4, cpuSeconds: 20 } }),
  };
}

const RESULT: BenchResult = {
  date: "2026-01-31",
  devices: 10,
  host: {
    processor: "Some Processor",
    cores: 2,
    memoryGibibytes: 7.9,
    kernel: "6.1",
    node: "20.19.0",
    terraform: "1.11.4",
    loadBefore: 0.04,
  },
  straight: { parallel: 10, createSeconds: 8, deleteSeconds: 4 },
  scenarios: [scenario("floor", 1), scenario("devices", 3)],
};

test("formatReport() puts each step beside the floor, with the ratio", () => {
  const lines = formatReport(RESULT).split("\n");

  expect(lines[0]).toBe("10 devices, 2026-01-31");
  expect(lines).toEqual(
    expect.arrayContaining([
      "seconds     floor  devices  ratio",
      "apply         4.0     12.0   3.0x",
      "total        21.0     63.0   3.0x",
    ]),
  );
});

test("formatReport() calls the figures of a busy machine preliminary", () => {
  const busy = { ...RESULT, host: { ...RESULT.host, loadBefore: 1.5 } };

  expect(formatReport(RESULT)).toMatch(/^load before: 0\.0$/m);
  expect(formatReport(busy)).toMatch(/^load before: 1\.5 - .*preliminary$/m);
});

test("formatReport() tells memory where there is a provider, and a dash where there is none", () => {
  const text = formatReport(RESULT);

  expect(text).toMatch(/^provider, peak MiB +- +150$/m);
  expect(text).toMatch(/^terraform, peak MiB +80 +80$/m);
});

test("formatReport() tells API requests a device for the steps that make some", () => {
  const text = formatReport(RESULT);

  expect(text).toMatch(/^apply +0\.90$/m);
  expect(text).not.toMatch(/^synth +0\.00$/m);
});

test("formatReport() compares with plain API calls when bare devices were measured", () => {
  const straight =
    "the same machines by plain API calls, 10 at a time, without terraform: create 8.0 s, delete 4.0 s";
  const withoutDevices = { ...RESULT, scenarios: [scenario("floor", 1), scenario("cluster", 2)] };

  expect(formatReport(RESULT)).toContain(
    `${straight}\napply of "devices" takes 1.5x that time, destroy 4.5x`,
  );
  expect(formatReport(withoutDevices)).toContain(straight);
  expect(formatReport(withoutDevices)).not.toContain("apply of");
});
