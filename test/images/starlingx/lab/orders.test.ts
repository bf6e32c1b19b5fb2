import type { LabNode } from "./lab-node";
import { type Configuration, CONFIGURATIONS, orderOf } from "./orders";
import { nodeFor, runSteps } from "./run-steps";

interface Outcome {
  readonly hosts: readonly string[];
  readonly realtime: readonly string[];
  readonly osds: readonly string[];
  readonly monitors: readonly string[];
}

const CONTROLLERS = ["controller-0", "controller-1"];
const OUTCOMES: Readonly<Record<Configuration, Outcome>> = {
  "aio-sx": {
    hosts: ["controller-0"],
    realtime: ["controller-0"],
    osds: ["controller-0"],
    monitors: ["controller-0"],
  },
  "aio-dx": {
    hosts: CONTROLLERS,
    realtime: CONTROLLERS,
    osds: CONTROLLERS,
    monitors: ["controller-0"],
  },
  "aio-dx-workers": {
    hosts: [...CONTROLLERS, "worker-0", "worker-1"],
    realtime: [...CONTROLLERS, "worker-0", "worker-1"],
    osds: CONTROLLERS,
    monitors: ["controller-0"],
  },
  "standard-controller-storage": {
    hosts: [...CONTROLLERS, "worker-0", "worker-1"],
    realtime: ["worker-0"],
    osds: CONTROLLERS,
    monitors: [...CONTROLLERS, "worker-0"],
  },
  "standard-dedicated-storage": {
    hosts: [...CONTROLLERS, "storage-0", "storage-1", "worker-0", "worker-1"],
    realtime: ["worker-0", "worker-1"],
    osds: ["storage-0", "storage-1"],
    monitors: [...CONTROLLERS, "storage-0"],
  },
  "distributed-cloud": {
    hosts: CONTROLLERS,
    realtime: CONTROLLERS,
    osds: CONTROLLERS,
    monitors: ["controller-0"],
  },
};

test.concurrent.each(CONFIGURATIONS)("%s is provisioned in its own order", async (name) => {
  const node = await nodeFor(name);

  await runSteps(node, orderOf(name));

  expect(await outcomeOf(node)).toEqual(OUTCOMES[name]);
  expect((await node.log()).filter(({ exit }) => exit !== 0)).toEqual([]);
  await node.remove();
});

test("a subcloud ends online and managed", async () => {
  const node = await nodeFor("distributed-cloud");

  await runSteps(node, orderOf("distributed-cloud"));

  const [subcloud] = await node.rows("dcmanager", "subcloud", "list");
  expect(subcloud).toMatchObject({
    name: "subcloud-1",
    management: "managed",
    availability: "online",
    "deploy status": "complete",
  });
  await node.remove();
});

/** What stands at the end: only what is available, runs the kernel, is configured. */
async function outcomeOf(node: LabNode): Promise<Outcome> {
  const rows = await node.rows("system", "host-list");
  const hosts = rows.filter((it) => it.availability === "available").map(nameOf);
  const realtime: string[] = [];
  const osds: string[] = [];
  for (const host of hosts) {
    const shown = await node.ok("system", "host-kernel-show", host, "--format", "value");
    if (shown === `${host} lowlatency lowlatency\n`) realtime.push(host);
    const stors = await node.rows("system", "host-stor-list", host);
    osds.push(...stors.filter(({ state }) => state === "configured").map(() => host));
  }
  const monitors = await node.rows("system", "ceph-mon-list");
  const configured = monitors.filter(({ state }) => state === "configured").map(nameOf);
  return { hosts, realtime, osds, monitors: configured };
}

function nameOf({ hostname }: Readonly<Record<string, string>>): string {
  return hostname ?? "";
}
