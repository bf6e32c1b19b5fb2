/** Runs cases with Armstead, as `armstead play` does. */
import {
  parseInventory,
  parsePlaybooks,
  runPlaybooks,
  type Inventory,
  type RunReport,
} from "../../playbooks/playbooks";
import type { NamespacedHost } from "../support/namespaced-host";
import type { Played } from "./ansible";
import { connectionOf } from "./connection";
import { filesOf, playbooksOf, rootOf, type Case, type RunName } from "./case";
import type { Recap, TaskEnd } from "./outcome";

/** Runs a case once. @param folder - of the machine that runs the plays */
export async function runWithArmstead(
  machine: NamespacedHost,
  it: Case,
  run: RunName,
  folder: string,
): Promise<Played> {
  const files = new Map(Object.entries(filesOf(it)));
  const sources = playbooksOf(it).map((name) => ({ name, content: files.get(name) ?? "" }));
  const { playbooks, faults } = parsePlaybooks(sources, files);
  const { inventory, faults: wrong } = inventoryOf(machine, it);
  const all = [...faults, ...wrong];
  const tasks = new Map<string, TaskEnd[]>();
  if (all.length > 0) {
    return {
      ends: "refused",
      tasks,
      recaps: new Map(),
      told: all.map((one) => JSON.stringify(one)).join("\n"),
    };
  }
  const { hosts } = await runPlaybooks(
    playbooks,
    {
      inventory,
      vars: it.vars,
      secretVars: {},
      files,
      mode: run === "check" ? "check" : "apply",
      limit: it.limit,
      tags: it.tags,
      skipTags: it.skipTags,
      forks: 5,
      diff: it.diff,
    },
    {
      signal: AbortSignal.timeout(120_000),
      connectTimeout: 15_000,
      firstContact: "refuse",
      localFolder: folder,
      key: machine.key,
      onEvent: (event) => {
        if (event.event !== "task.end") return;
        const { host, task, module, status, message } = event;
        const end = { task, module, status, ...(message === undefined ? {} : { message }) };
        tasks.set(host, [...(tasks.get(host) ?? []), end]);
      },
    },
  );
  const recaps = Object.entries(hosts).map(([name, report]) => [name, recapOf(report)] as const);
  const told = Object.entries(hosts).map(
    ([name, { status, error = "" }]) => `${name} ${status} ${error}`,
  );
  return { ends: endOf(hosts), tasks, recaps: new Map(recaps), told: told.join("\n") };
}

function inventoryOf(machine: NamespacedHost, it: Case): ReturnType<typeof parseInventory> {
  const name = it.inventory ?? "inventory.yml";
  const { inventory, faults } = parseInventory({ name, content: filesOf(it)[name] ?? "" });
  const { address, port, user, hostKeys } = machine;
  const hosts: Inventory = Object.fromEntries(
    Object.entries(inventory).map(([host, entry]) => [
      host,
      {
        ...entry,
        ...{ address, port: Number(entry.vars.ansible_port ?? port), hostKeys },
        user: typeof entry.vars.ansible_user === "string" ? entry.vars.ansible_user : user,
        vars: { ...connectionOf(machine), root: rootOf(it, host), ...entry.vars },
      },
    ]),
  );
  return { inventory: hosts, faults };
}

function endOf(hosts: RunReport["hosts"]): Played["ends"] {
  const statuses = Object.values(hosts).map((it) => it.status);
  if (statuses.every((it) => it === "ok")) return "ok";
  return statuses.every((it) => it === "ok" || it === "unreachable") ? "unreachable" : "failed";
}

function recapOf({
  status,
  ok,
  changed,
  failed,
  skipped,
  rescued,
  ignored,
}: RunReport["hosts"][string]): Recap {
  const unreachable = status === "unreachable" ? 1 : 0;
  return { ok, changed, unreachable, failed, skipped, rescued, ignored };
}
