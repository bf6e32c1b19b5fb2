/** Runs shipped plays on namespaced hosts, as a deployment would: its plays one after the other, on all hosts. */
import path from "node:path";
import type { Secret } from "../../core/secret";
import { readShippedPlay } from "../../playbooks/model/shipped-plays";
import { parsePlaybooks, runPlaybooks, type RunInput } from "../../playbooks/playbooks";
import { type ModuleBench, startBench } from "./module-run";

/** A host of a run. */
export interface PlayHost {
  readonly bench: ModuleBench;
  readonly role: string;
  /** Stands for its address: the hosts of these tests see nobody but themselves. */
  readonly address?: string;
}

/** What a run is made of. */
export interface PlayRun {
  /** Names of shipped plays. */
  readonly plays: readonly string[];
  /** By name. */
  readonly hosts: Readonly<Record<string, PlayHost>>;
  readonly vars: Readonly<Record<string, unknown>>;
  /** A refresh knows their names alone. @default - none */
  readonly secretVars?: Readonly<Record<string, Secret>>;
  /** @default apply */
  readonly mode?: RunInput["mode"];
}

/** What became of it. */
export interface PlayOutcome {
  /** By name: status, numbers of tasks, what failed. */
  readonly hosts: Awaited<ReturnType<typeof runPlaybooks>>["hosts"];
  /** Every event, as text. */
  readonly told: string;
}

/** Runs plays. Variables of nodes are those of an inventory of a cluster. */
export async function runShippedPlays(it: PlayRun): Promise<PlayOutcome> {
  const shipped = it.plays.map(readShippedPlay);
  // Beside their playbooks, as in a cluster: several bring files of one name.
  const files = new Map(
    shipped.flatMap(({ playbook, files: own }) =>
      Object.entries(own).map(([at, text]) => [`${path.posix.dirname(playbook.name)}/${at}`, text]),
    ),
  );
  const { playbooks } = parsePlaybooks(
    shipped.map(({ playbook }) => playbook),
    files,
  );
  const [first] = Object.values(it.hosts);
  if (!first) throw new Error("no hosts");
  const { secretVars = {}, mode = "apply" } = it;
  const told: string[] = [];
  const { hosts } = await runPlaybooks(
    playbooks,
    {
      inventory: Object.fromEntries(Object.entries(it.hosts).map(inventoryHost)),
      vars: { node_become: false, cluster_name: "edge", registry_files: [], ...it.vars },
      files,
      mode,
      ...(mode === "refresh"
        ? { secretVars: {}, withheld: Object.keys(secretVars) }
        : { secretVars }),
      forks: 5,
      diff: true,
    },
    {
      signal: new AbortController().signal,
      connectTimeout: 15_000,
      firstContact: "refuse",
      key: first.bench.machine.key,
      onEvent: (event) => told.push(JSON.stringify(event)),
    },
  );
  return { hosts, told: told.join("\n") };
}

function inventoryHost([name, { bench, role, address = "127.0.0.1" }]: [string, PlayHost]) {
  const { address: at, port, user, hostKeys } = bench.machine;
  const vars = {
    node_name: name,
    node_role: role,
    node_pool: name.replace(/-\d+$/, ""),
    node_private_address: address,
    node_public_address: address,
    node_labels: '{"zone":"north"}',
  };
  return [name, { address: at, port, user, hostKeys, groups: [role], vars }] as const;
}

/** Two control-plane nodes and a worker, which take one key, as a run has one. They do not see each other. */
export type Trio = readonly [ModuleBench, ModuleBench, ModuleBench];

/** Starts minimal hosts. */
export async function startTrio(): Promise<Trio> {
  const [first, ...others] = await Promise.all([
    startBench("busybox"),
    startBench("busybox"),
    startBench("busybox"),
  ]);
  const key = (await first.shell("cat /root/.ssh/authorized_keys")).trim();
  for (const it of others) await it.shell(`echo '${key}' >>/root/.ssh/authorized_keys`);
  return [first, ...others];
}

/** Runs plays on the three as c-0, c-1 and w-0, at 127.0.1.1 to 3. @returns what became of each, in this order */
export async function runOnTrio([a, b, c]: Trio, it: Omit<PlayRun, "hosts">) {
  const { hosts, told } = await runShippedPlays({
    ...it,
    hosts: {
      "c-0": { bench: a, role: "control-plane", address: "127.0.1.1" },
      "c-1": { bench: b, role: "control-plane", address: "127.0.1.2" },
      "w-0": { bench: c, role: "worker", address: "127.0.1.3" },
    },
  });
  const all = Object.values(hosts);
  return {
    states: all.map(({ status }) => status),
    errors: all.map(({ error }) => error),
    changed: all.map(({ changed }) => changed),
    told,
  };
}

/** Puts programs that are small shell scripts on a host, by path. */
export async function writePrograms(
  bench: ModuleBench,
  programs: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [at, script] of Object.entries(programs)) {
    await bench.shell(`mkdir -p ${path.posix.dirname(at)}`);
    await bench.run("copy", { dest: at, content: script, mode: "0755" });
  }
}

/** Serves a folder of a host to that host. @returns `sha256:…` of its files by name */
export async function serve(
  bench: ModuleBench,
  folder: string,
  port: number,
): Promise<Readonly<Record<string, string>>> {
  await bench.shell(`busybox httpd -p 127.0.0.1:${port} -h ${folder}`);
  const sums = await bench.shell(`cd ${folder}; sha256sum *`);
  return Object.fromEntries(
    sums
      .trim()
      .split("\n")
      .map((line) => [line.slice(66), `sha256:${line.slice(0, 64)}`]),
  );
}
