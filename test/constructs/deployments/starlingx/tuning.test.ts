/** Kernel tuning of StarlingX hosts: its steps, and what is left of them after the unlock and by another description. */
import type { ClusterSpec } from "../../../../cluster";
import type { KernelTuning } from "../../../../cluster/tuning";
import { stagesOf } from "../../../../constructs/deployments/starlingx/steps/cluster-steps";
import type { Step } from "../../../../constructs/deployments/starlingx/steps/step";
import { validCluster } from "../../../cluster/deployments/starlingx/valid-clusters";
import { ClusterRun, type Said } from "./run-cluster";

const TUNING: KernelTuning = { isolatedCpus: "2-4,10", hugePages: [{ size: "1G", count: 16 }] };

test("without tuning there are no such steps, and nothing is asked of the size of machines", () => {
  const steps = stepsOf(validCluster("aio-sx"));

  expect(steps.filter(isTuning)).toEqual([]);
  expect(JSON.stringify(steps)).not.toContain("cpus=");
});

test("tuning stands before the unlock of its host", () => {
  const ids = stepsOf(tuned("aio-sx", TUNING)).map(({ id }) => id);

  expect(ids.slice(-3)).toEqual([
    "isolated_cpus(controller-0)",
    "huge_pages(controller-0)",
    "unlock(controller-0)",
  ]);
});

test("hosts are tuned, and it is all so already once they are unlocked", async () => {
  const run = await ClusterRun.prepare(tuned("aio-sx", TUNING));

  const first = await carryOut(run, run.steps);
  const again = await carryOut(run, run.steps.filter(isTuning));

  expect(first.filter(({ code }) => code !== 0)).toEqual([]);
  expect(again.map(({ code, stdout }) => [code, stdout])).toEqual([
    [0, "already so"],
    [0, "already so"],
  ]);
  const node = run.node("controller-0");
  const cpus = await node.rows("system", "host-cpu-list", "controller-0");
  const isolated = cpus.filter((it) => it.assigned_function === "Application-isolated");
  expect([cpus.length, isolated.map((it) => it.log_core)]).toEqual([80, ["2", "3", "4", "10"]]);
  expect(await node.rows("system", "host-memory-list", "controller-0")).toMatchObject([
    { app_hp_total_1G: "16", app_hp_pending_1G: "None" },
  ]);
  await run.remove();
});

test.each<[string, KernelTuning]>([
  ["fewer processors", { isolatedCpus: "2-4" }],
  ["more processors", { isolatedCpus: "2-4,10-11" }],
  ["other pages", { hugePages: [{ size: "1G", count: 8 }] }],
])("%s on an unlocked host are refused by the step, which says why", async (_, later) => {
  const run = await ClusterRun.prepare(tuned("aio-sx", TUNING));
  await carryOut(run, run.steps);

  const said = await carryOut(run, stepsOf(tuned("aio-sx", later)).filter(isTuning));

  expect(said).toMatchObject([{ code: 1, stderr: "controller-0 is not locked and online" }]);
  await run.remove();
});

function tuned(kind: "aio-sx", tuning: KernelTuning): ClusterSpec {
  const cluster = validCluster(kind);
  return { ...cluster, pools: cluster.pools.map((it) => ({ ...it, tuning })) };
}

function stepsOf(cluster: ClusterSpec): Step[] {
  return stagesOf(cluster).flatMap(({ steps }) => steps);
}

function isTuning({ id }: Step): boolean {
  return /^(isolated_cpus|huge_pages)\(/.test(id);
}

async function carryOut(run: ClusterRun, steps: readonly Step[]): Promise<Said[]> {
  const said: Said[] = [];
  for (const it of steps) said.push(await run.carryOut(it));
  return said;
}
