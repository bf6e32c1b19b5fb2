/**
 * Steps as they are rendered, against the lab's scripted StarlingX commands. All configurations with the standard kernel are in
 * test/e2e/starlingx.test.ts, deployed by terraform.
 */
import type { ClusterSpec } from "../../../../cluster";
import type { StarlingxName } from "../../../../cluster/deployments/starlingx/kinds";
import { checkStarlingx } from "../../../../cluster/deployments/starlingx/rules";
import { type Host, sitesOf } from "../../../../cluster/deployments/starlingx/site";
import { ARM_OFFER } from "../../../../constructs/deployments/starlingx/arm-offer";
import { validCluster } from "../../../cluster/deployments/starlingx/valid-clusters";
import type { LabNode } from "../../../images/starlingx/lab/lab-node";
import { ClusterRun, type Said } from "./run-cluster";
import { VARIANTS } from "./variants";

// It tells nothing about cdktf, so test/e2e/cdktn.test.ts leaves it out.
jest.mock("cdktf", () => {
  throw new Error("this test is about steps, not about what is synthesized");
});

const LIMIT_MS = 120_000;

/** Together they have a step of every kind. */
const TWICE: readonly StarlingxName[] = ["standard-controller-storage", "distributed-cloud"];

test.concurrent.each(TWICE)(
  "%s is provisioned with the standard kernel, twice",
  async (name) => {
    const run = await ClusterRun.prepare(validCluster(name));

    const first = await carryOutAll(run);
    const again = await carryOutAll(run);

    expect(first.filter(({ code }) => code !== 0)).toEqual([]);
    expect(again.filter(({ code, stdout }) => code !== 0 || stdout !== "already so")).toEqual([]);
    await expectDone(run);
    await run.remove();
  },
  LIMIT_MS,
);

/** With the low-latency kernel others differ from these in the number of hosts only. */
const LOW_LATENCY: readonly StarlingxName[] = [
  "aio-dx-workers",
  "standard-dedicated-storage",
  "distributed-cloud",
];

test.concurrent.each(LOW_LATENCY)(
  "%s is provisioned with the low-latency kernel",
  async (name) => {
    const run = await ClusterRun.prepare(withLowLatency(name));

    const said = await carryOutAll(run);

    expect(said.filter(({ code }) => code !== 0)).toEqual([]);
    await expectDone(run);
    await expectKernels(run);
    await run.remove();
  },
  LIMIT_MS,
);

test.concurrent.each(Object.entries(VARIANTS))(
  "%s",
  async (_, cluster) => {
    const found = checkStarlingx(cluster, ARM_OFFER).map(({ fault }) => fault);
    expect(found.filter(({ code }) => code !== "AS1364")).toEqual([]);
    const run = await ClusterRun.prepare(cluster);

    const said = await carryOutAll(run);

    expect(said.filter(({ code }) => code !== 0)).toEqual([]);
    await expectDone(run);
    await run.remove();
  },
  LIMIT_MS,
);

test("a step that comes too early is refused by its own gate, and says why", async () => {
  const run = await ClusterRun.prepare(validCluster("aio-dx"));
  const step = run.steps.find(({ id }) => id === "power_on(controller-1)");
  for (const it of run.steps.slice(0, 4)) await run.carryOut(it);

  const said = step && (await run.carryOut(step));

  expect(said).toMatchObject({
    code: 1,
    stderr: "controller-0 is not unlocked and enabled, so no machine boots from it",
  });
  await run.remove();
});

async function carryOutAll(run: ClusterRun): Promise<Said[]> {
  const said: Said[] = [];
  for (const step of run.steps) said.push(await run.carryOut(step));
  return said;
}

/** Every host works, every OSD and monitor is configured, and nothing was refused on the way. */
async function expectDone(run: ClusterRun): Promise<void> {
  for (const { hosts } of sitesOf(run.cluster)) {
    const node = run.node(hosts[0]?.node ?? "");
    const rows = await node.rows("system", "host-list");
    const states = rows.map((it) => [
      it.hostname,
      it.administrative,
      it.operational,
      it.availability,
    ]);

    expect(states.map(([name]) => name).sort()).toEqual(hosts.map((it) => it.hostname).sort());
    expect(states.map((it) => it.slice(1))).toEqual(
      hosts.map(() => ["unlocked", "enabled", "available"]),
    );
    await expectOsds(run, node, hosts);
    expect((await node.log()).filter(({ exit }) => exit !== 0)).toEqual([]);
  }
}

async function expectOsds(run: ClusterRun, node: LabNode, hosts: readonly Host[]): Promise<void> {
  const [site] = sitesOf(run.cluster);
  const { osds = {} } = site?.options.storage ?? {};
  for (const { hostname, personality } of hosts) {
    const stors = await node.rows("system", "host-stor-list", hostname);

    expect(stors).toHaveLength(osds[personality]?.length ?? 0);
    for (const { state } of stors) expect(state).toMatch(/^configured$|^configuring-with-app$/);
  }
}

async function expectKernels(run: ClusterRun): Promise<void> {
  for (const { hosts } of sitesOf(run.cluster)) {
    const node = run.node(hosts[0]?.node ?? "");
    for (const { hostname, kernel } of hosts) {
      const shown = await node.ok("system", "host-kernel-show", hostname, "--format", "value");
      const word = kernel === "realtime" ? "lowlatency" : "standard";

      expect(shown.trim()).toBe(`${hostname} ${word} ${word}`);
    }
  }
}

function withLowLatency(name: StarlingxName): ClusterSpec {
  const cluster = validCluster(name);
  const isStandard = name.startsWith("standard-");
  const pools = cluster.pools.map((it) =>
    isStandard && it.role !== "worker" ? it : { ...it, kernel: "realtime" as const },
  );
  return { ...cluster, pools };
}
