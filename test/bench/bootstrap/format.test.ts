import { formatBootstrap } from "../../../bench/bootstrap/format";
import type { Measured } from "../../../bench/bootstrap/measure";

const WHERE = { date: "2026-01-02", cores: 2, gibibytes: 8, versions: ["Node.js 20"], load: 0.1 };

function run(parts: Partial<Measured>): Measured {
  return {
    ...{ hosts: 100, tasks: 4, kind: "cold", tool: "armstead", seconds: 10, stopped: false },
    ...{ ownCpuSeconds: 2, hostCpuSeconds: 8, mebibytes: 100, output: "" },
    ...parts,
  };
}

test("ratios are to the first tool, a case a line", () => {
  const report = formatBootstrap(
    [
      run({}),
      run({ tool: "ansible tuned", seconds: 150, ownCpuSeconds: 30 }),
      run({ kind: "no-op", seconds: 5 }),
      run({ kind: "no-op", tool: "ansible tuned", seconds: 100 }),
    ],
    WHERE,
  );

  expect(report).toContain(
    [
      "seconds         armstead  ansible tuned  ratio",
      "100 x 4, cold       10.0          150.0    15x",
      "100 x 4, no-op       5.0          100.0    20x",
    ].join("\n"),
  );
  expect(report).toMatch(/CPU seconds of the tool .*\n100 x 4, cold +2\.0 +30\.0 +15x/);
  expect(report).not.toContain("preliminary");
});

test("a run that was stopped tells what it took at least, and no processor time", () => {
  const stopped = run({ tool: "ansible tuned", seconds: 300, stopped: true });
  const { ownCpuSeconds: _, ...unknown } = stopped;

  const report = formatBootstrap([run({}), unknown], { ...WHERE, load: 3 });

  expect(report).toContain("100 x 4, cold      10.0         >300.0   >30x");
  expect(report).toMatch(/CPU seconds of the tool .*\n100 x 4, cold +2\.0 +- +-\n/);
  expect(report).toContain("load before: 3.0 - others work on this machine");
});
