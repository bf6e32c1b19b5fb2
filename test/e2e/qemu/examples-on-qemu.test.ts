/**
 * Examples on real ARM64 machines, as they are but for the key, the name and where the lab has etcd. Kernels
 * and releases are what each machine says of itself. StarlingX's commands are the lab's scripts there too.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { tryFindProgram } from "../../../demo/requirements";
import { MACHINES_FOLDER } from "../../../lab/lab-files";
import { exampleCluster } from "../support/example";
import { etcdctl, nodesOf, onNode } from "../support/on-node";
import {
  askStarlingx,
  hostStates,
  STARLINGX_PASSWORD,
  STARLINGX_SECRETS,
} from "../support/starlingx-node";
import { Terraform } from "../support/terraform";
import { World } from "../support/world";

interface Deployed {
  readonly world: World;
  readonly terraform: Terraform;
}

interface Example {
  readonly name: string;
  /** Keys of the deployment with the lab's etcd. */
  readonly deployment?: (artifacts: World["artifacts"]) => Readonly<Record<string, unknown>>;
  /** What Terraform finds in its environment. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Kernel and codename of every node. */
  readonly systems: Readonly<Record<string, readonly [RegExp, string]>>;
  /** What else the example is for. */
  readonly prove: (at: Deployed) => Promise<void>;
}

const DEBIAN = String.raw`Debian \S+ \(\S+\) aarch64`;
const STANDARD = new RegExp(String.raw`^6\.[\d.]+\S*(?<!-rt)-arm64 #1 SMP ${DEBIAN}$`);
const REALTIME = new RegExp(String.raw`^6\.[\d.]+\S*-rt-arm64 #1 SMP PREEMPT_RT ${DEBIAN}$`);

/** Four machines at once take minutes of two processors: they are started when somebody asks for all. */
const ALL = process.env.ARMSTEAD_QEMU_EXAMPLES === "all";

const MIXED_IMAGES: readonly Example[] = [
  {
    name: "mixed-images",
    deployment: (artifacts) => ({ artifacts }),
    systems: {
      "fast-0": [REALTIME, "trixie"],
      "members-0": [STANDARD, "trixie"],
      "old-0": [STANDARD, "bookworm"],
      "tower-a": [REALTIME, "bookworm"],
    },
    prove: async (at) => {
      await etcdctl(at, "tower-a", ["put", "written-on", "tower-a"]);

      expect(await etcdctl(at, "fast-0", ["get", "written-on"])).toBe("written-on\ntower-a\n");
    },
  },
];

const EXAMPLES: readonly Example[] = [
  ...(ALL ? MIXED_IMAGES : []),
  {
    name: "docker-host",
    systems: { "hosts-0": [STANDARD, "trixie"], "hosts-1": [STANDARD, "trixie"] },
    prove: async (at) => {
      const folder = "/etc/armstead";
      const check = ["/usr/local/lib/armstead/check-kernel", `${folder}/kernel-requirements`];

      expect(JSON.parse(await onNode(at, "hosts-1", ["cat", "/etc/docker/daemon.json"]))).toEqual({
        "insecure-registries": ["10.0.2.2:5000"],
        "log-driver": "local",
        "registry-mirrors": ["http://10.0.2.2:5000"],
      });
      expect(await onNode(at, "hosts-1", ["cat", "/etc/default/docker"])).toContain(
        'DOCKER_OPTS="--storage-driver=overlay2 -D"',
      );
      // The process driver's kernel is the host's and not judged; this one is, and nothing is lacking.
      expect(await onNode(at, "hosts-1", check)).toMatch(/^\/boot\/config-6\.\S+-arm64\n$/);
    },
  },
  {
    name: "starlingx-aio-sx",
    secrets: STARLINGX_SECRETS,
    systems: { "controller-0": [REALTIME, "trixie"] },
    prove: async (at) => {
      const kernel = "system host-kernel-show controller-0 --format value";
      const unlock = askStarlingx(at, "controller-0", "system host-unlock controller-0");

      await expect(unlock).rejects.toThrow(/Avoiding 'unlock' action on already 'unlocked' host/);
      expect(await hostStates(at, "controller-0")).toEqual([
        "controller-0 unlocked enabled available",
      ]);
      expect(await askStarlingx(at, "controller-0", kernel)).toBe(
        "controller-0 lowlatency lowlatency\n",
      );
      expect(await at.terraform.must("state", "pull")).not.toContain(STARLINGX_PASSWORD);
    },
  },
];

const hasQemu = tryFindProgram("qemu-system-aarch64", process.env) !== undefined;
const onQemu = hasQemu ? test : test.skip;
if (!hasQemu)
  process.stderr.write("examples on QEMU are skipped: qemu-system-aarch64 is not on the PATH\n");

let world: World;

beforeAll(async () => {
  if (hasQemu) world = await World.openQemu();
});

afterAll(async () => {
  if (hasQemu) await world.close();
});

onQemu.each(EXAMPLES)(
  "$name comes up on ARM64, stays as it is, and goes",
  async ({ name, deployment, secrets, systems, prove }) => {
    const own = deployment?.(world.artifacts);
    const { folder, env } = await world.synth(exampleCluster(world, name, own));
    const terraform = new Terraform(folder, { ...env, ...secrets });
    const at = { world, terraform };
    try {
      await terraform.apply();

      expect(await systemsOf(at)).toEqual(expected(systems));
      await prove(at);
      expect((await terraform.plan()).changes).toEqual([]);
    } finally {
      // What the plan saw a moment ago is not read anew: on these machines that takes as long as the plan.
      await terraform.destroy("-refresh=false");
    }
    expect(await world.leftovers()).toEqual([]);
    expect(readdirSync(path.join(world.labFolder, MACHINES_FOLDER))).toEqual([]);
  },
  600_000,
);

function expected(systems: Example["systems"]): Record<string, unknown> {
  const entries = Object.entries(systems).map(
    ([node, [kernel, codename]]) => [node, [expect.stringMatching(kernel), codename]] as const,
  );
  return Object.fromEntries(entries);
}

/** Kernel and codename of every node, as it says itself. */
async function systemsOf(at: Deployed): Promise<Record<string, readonly string[]>> {
  const script = ". /etc/os-release; uname -rvm; echo $VERSION_CODENAME";
  const ask = async ({ name }: { readonly name: string }) => {
    const said = await onNode(at, name, ["sh", "-c", script]);
    return [name, said.trim().split("\n")] as const;
  };
  return Object.fromEntries(await Promise.all((await nodesOf(at.terraform)).map(ask)));
}
