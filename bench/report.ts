/** The report of a run as text: tables for the eye, the same numbers as in `--json`. Pure. */
import {
  type BenchResult,
  type HostFacts,
  type ProgramUse,
  type ScenarioResult,
  STEPS,
} from "./result";
import { formatRatio, formatSeconds, formatTable } from "./table";

/** The whole report. */
export function formatReport(result: BenchResult): string {
  return [
    formatHead(result),
    formatTable(secondsRows(result)),
    formatTable(useRows(result)),
    formatTable(requestRows(result)),
    formatStraight(result),
    result.scenarios.map(({ name, holds }) => `${name}: ${holds}`).join("\n"),
  ].join("\n\n");
}

function formatHead({ date, devices, host }: BenchResult): string {
  const { processor, cores, memoryGibibytes, kernel, node, terraform, loadBefore } = host;
  return [
    `${devices} devices, ${date}`,
    `${cores} cores (${processor}), ${memoryGibibytes.toFixed(1)} GiB, Linux ${kernel}, Node.js ${node}, Terraform ${terraform}`,
    `load before: ${loadBefore.toFixed(1)}${isBusy(host) ? " - others work on this machine, so these figures are preliminary" : ""}`,
    "lab: process driver, time scale 0: real machines as processes, and no delays of the lab's own",
  ].join("\n");
}

/** Half of a core at work on something else is more than a figure should bear. */
function isBusy({ loadBefore }: HostFacts): boolean {
  return loadBefore >= 0.5;
}

/** Steps down, scenarios across; beside each but the floor how many times the floor it is. */
function secondsRows({ scenarios }: BenchResult): string[][] {
  const [floor] = scenarios;
  const rows = STEPS.map((step) => {
    const seconds = (it: ScenarioResult): number =>
      it.steps.find((measured) => measured.step === step)?.seconds ?? 0;
    return [step, ...acrossScenarios(scenarios, seconds, floor && seconds(floor))];
  });
  const total = (it: ScenarioResult): number => it.steps.reduce((sum, one) => sum + one.seconds, 0);
  return [
    ["seconds", ...scenarios.flatMap(({ name }, at) => (at === 0 ? [name] : [name, "ratio"]))],
    ...rows,
    ["total", ...acrossScenarios(scenarios, total, floor && total(floor))],
  ];
}

function acrossScenarios(
  scenarios: readonly ScenarioResult[],
  measure: (it: ScenarioResult) => number,
  floor: number | undefined,
): string[] {
  return scenarios.flatMap((it, at) => {
    const value = measure(it);
    return at === 0 ? [formatSeconds(value)] : [formatSeconds(value), formatRatio(value, floor)];
  });
}

function useRows({ scenarios }: BenchResult): string[][] {
  const across = (
    of: "terraform" | "provider",
    cell: (use: ProgramUse) => string,
  ): readonly string[] =>
    scenarios.map((it) => {
      const use = it[of];
      return use ? cell(use) : "-";
    });
  const peak = (use: ProgramUse): string => use.peakMebibytes.toFixed(0);
  const cpu = (use: ProgramUse): string => formatSeconds(use.cpuSeconds);
  return [
    ["memory and time of processes", ...scenarios.map(({ name }) => name)],
    ["provider, peak MiB", ...across("provider", peak)],
    ["terraform, peak MiB", ...across("terraform", peak)],
    ["provider, CPU seconds", ...across("provider", cpu)],
    ["terraform, CPU seconds", ...across("terraform", cpu)],
    ["provider, starts", ...across("provider", (use) => String(use.starts))],
  ];
}

function requestRows({ scenarios, devices }: BenchResult): string[][] {
  const ours = scenarios.filter(({ provider }) => provider !== undefined);
  const rows = STEPS.filter((step) => step !== "synth" && step !== "init").map((step) => {
    const counts = ours.map((it) => it.steps.find((one) => one.step === step)?.requests ?? 0);
    return [step, ...counts.map((count) => (count / devices).toFixed(2))];
  });
  return [["API requests a device", ...ours.map(({ name }) => name)], ...rows];
}

function formatStraight({ straight, scenarios }: BenchResult): string {
  const { parallel, createSeconds, deleteSeconds } = straight;
  const head = `the same machines by plain API calls, ${parallel} at a time, without terraform: create ${formatSeconds(createSeconds)} s, delete ${formatSeconds(deleteSeconds)} s`;
  const devices = scenarios.find(({ name }) => name === "devices");
  if (devices === undefined) return head;
  const seconds = (step: string): number =>
    devices.steps.find((it) => it.step === step)?.seconds ?? 0;
  const apply = formatRatio(seconds("apply"), createSeconds);
  const destroy = formatRatio(seconds("destroy"), deleteSeconds);
  return `${head}\napply of "devices" takes ${apply} that time, destroy ${destroy}`;
}
