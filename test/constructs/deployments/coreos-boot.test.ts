/**
 * What Ignition of a coreos cluster makes of a machine, carried out on a host of its own: files are written, archives
 * unpacked, and the commands of units run as systemd would run them, with the real etcd.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
import { caasBootPlan } from "../../../constructs/deployments/caas";
import { coreosDefinition } from "../../../constructs/deployments/coreos";
import { cacheFolder } from "../../../core/folders";
import { ensureEtcdArtifacts } from "../../../images/build/etcd-artifacts";
import type { IgnitionConfig, IgnitionFile } from "../../../images/ignition/config";
import { parseIgnition } from "../../../images/ignition/validate";
import { caasCluster } from "../../cluster/deployments/caas/described";
import { networkInterface, payload } from "../../cluster/deployments/caas/payloads";
import { described } from "../../cluster/deployments/coreos/described";
import { type ModuleBench, startBench } from "../../support/module-run";

// Packages are fetched where nobody did before.
jest.setTimeout(300_000);

let bench: ModuleBench;
let archive: Buffer;
let checksum: string;

beforeAll(async () => {
  const { signal } = new AbortController();
  const context = { cacheFolder: cacheFolder(process.env), report: () => undefined };
  const isArm64 = process.arch === "arm64";
  const folder = await ensureEtcdArtifacts(context, isArm64 ? "arm64" : "amd64", { signal });
  archive = readFileSync(path.join(folder, `etcd-linux-${isArm64 ? "aarch64" : "x86_64"}.tar`));
  checksum = `sha256:${createHash("sha256").update(archive).digest("hex")}`;
});

beforeEach(async () => {
  bench = await startBench("debian");
});

afterEach(() => bench.stop());

test("a member and a gateway of a coreos cluster, by the commands of their units", async () => {
  const artifacts = { url: "https://f.example/etcd.tar", checksum };
  const cluster = described({
    family: "flatcar",
    keys: {
      etcd: {
        artifacts,
        members: { "m-0": "127.0.0.1", "m-1": null, "m-2": null },
        clientPort: 3379,
      },
    },
    pools: [
      { name: "m", role: "etcd-member", count: 1 },
      { name: "w", role: "worker", count: 1 },
    ],
  });
  const { kind: _, ...options } = cluster.deployment ?? { kind: "" };
  const config = (pool: number, nodeName: string): IgnitionConfig => {
    const spec = cluster.pools[pool];
    if (!spec) throw new Error("no such pool");
    const context = { cluster, pool: spec, image: cluster.image, nodeName };
    return parseIgnition(coreosDefinition(options).userData?.(context) ?? "");
  };
  const member = config(0, "m-0");
  await write(member);
  await once(member, "armstead-unpack-etcd.service");
  await start(member, "etcd-member.service");

  expect(await etcdctl("--endpoints=127.0.0.1:3379 put key of-coreos")).toBe("OK\n");
  expect(await etcdctl("--endpoints=127.0.0.1:3379 member list")).toContain(
    "m-0, http://127.0.0.1:2380",
  );

  // The gateway would listen on the member's own port here: it takes another one.
  await start(config(1, "w-0"), "etcd-gateway.service", (it) =>
    it.replace("--listen-addr=127.0.0.1:3379", "--listen-addr=127.0.0.1:4379"),
  );
  expect(await etcdctl("--endpoints=127.0.0.1:4379 get --print-value-only key")).toBe(
    "of-coreos\n",
  );
});

test("a member of a caas cluster runs every store beside the others", async () => {
  const cluster = caasCluster({ checksum }, [{ name: "m", role: "etcd-member", count: 1 }]);
  const own = { ipv4: "127.0.0.1", cidrv4: undefined };
  const machines = [payload(1, { interfaces: [networkInterface(1, own)] })];
  const { ignition } = caasBootPlan(cluster, { written: "m", content: JSON.stringify(machines) });
  const config = parseIgnition(ignition["node-525400000001.ign"] ?? "");
  await write(config);
  await once(config, "armstead-unpack-etcd.service");
  for (const store of ["fleet", "vault", "kubernetes"])
    await start(config, `etcd-${store}.service`);

  for (const [port, value] of [
    ["4001", "a"],
    ["4002", "b"],
    ["4003", "c"],
  ] as const) {
    expect(await etcdctl(`--endpoints=127.0.0.1:${port} put key ${value}`)).toBe("OK\n");
  }
  expect(await etcdctl("--endpoints=127.0.0.1:4001 get --print-value-only key")).toBe("a\n");
  expect(await bench.shell("cat /etc/armstead/node.env")).toContain("POD_NETWORK=10.99.1.0/24\n");
});

/** Files, as Ignition would write them; what it would fetch is the archive. */
async function write({ storage }: IgnitionConfig): Promise<void> {
  for (const file of storage?.files ?? []) {
    const mode = (file.mode ?? 0o644).toString(8);
    const script = `mkdir -p "$(dirname ${file.path})"; cat >${file.path}; chmod ${mode} ${file.path}`;
    await bench.host.change({ script, stdin: contentOf(file) }, {});
  }
}

function contentOf({ contents }: IgnitionFile): string | Buffer {
  const source = contents?.source ?? "";
  if (source.startsWith("data:,")) return decodeURIComponent(source.slice("data:,".length));
  expect(contents?.verification?.hash).toBe(checksum.replace(":", "-"));
  return archive;
}

/** Runs a unit that ends by itself. */
async function once(config: IgnitionConfig, name: string): Promise<void> {
  for (const command of commandsOf(config, name, "ExecStart")) await bench.shell(command);
}

/** Runs what comes before a unit's program, and then the program behind the back of the test. */
async function start(
  config: IgnitionConfig,
  name: string,
  change: (command: string) => string = (it) => it,
): Promise<void> {
  for (const command of commandsOf(config, name, "ExecStartPre")) await bench.shell(command);
  const [command = ""] = commandsOf(config, name, "ExecStart");
  await bench.shell(
    `touch /run/env; [ ! -e /run/armstead/node-address ] || cp /run/armstead/node-address /run/env
    set -a; . /run/env; ${change(command)} >/var/log/${name} 2>&1 </dev/null &`,
  );
}

function commandsOf({ systemd }: IgnitionConfig, name: string, key: string): string[] {
  const unit = systemd?.units?.find((it) => it.name === name)?.contents ?? "";
  const lines = unit.replaceAll("\\\n", " ").split("\n");
  return lines.flatMap((it) => (it.startsWith(`${key}=`) ? [it.slice(key.length + 1)] : []));
}

/** The answer of etcd, once there is one: etcdctl waits for it. */
function etcdctl(args: string): Promise<string> {
  return bench.shell(`/opt/bin/etcdctl --dial-timeout=20s --command-timeout=20s ${args}`);
}
