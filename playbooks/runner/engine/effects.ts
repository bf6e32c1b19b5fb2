/** What tasks do to the run itself: hosts and groups that they bring, figures for the end. */
import { isMapping } from "../../../core/mapping";
import { plainData } from "../../model/data-text";
import { SSH_PORT, type InventoryHost } from "../../model/inventory-host";
import type { NewHost, RunStats } from "../module";
import type { HostRun } from "./host-run";
import type { Effects } from "./outcome";
import type { Run } from "./run";

/** Takes what a task of a host brought. */
export function takeEffects(run: Run, host: HostRun, { newHost, newGroups, stats }: Effects): void {
  if (newHost) run.hosts.put(newHost.name, entryOf(run.hosts.get(newHost.name)?.entry, newHost));
  if (newGroups) {
    const groups = [...new Set([...host.entry.groups, ...newGroups])].sort();
    run.hosts.put(host.name, { ...host.entry, groups });
  }
  if (stats) addStats(run, host, stats);
}

function entryOf(known: InventoryHost | undefined, { name, groups, vars }: NewHost): InventoryHost {
  const all = { ...known?.vars, ...vars };
  const {
    ansible_host: address = known?.address ?? name,
    ansible_port: port = known?.port ?? SSH_PORT,
    ansible_user: user = known?.user ?? "root",
  } = all;
  return {
    address: String(address),
    port: Number(port),
    user: String(user),
    hostKeys: known?.hostKeys ?? [],
    groups: [...new Set([...(known?.groups ?? []), ...groups])].sort(),
    vars: all,
    open: { user: vars.ansible_user === undefined, port: vars.ansible_port === undefined },
  };
}

function addStats({ stats }: Run, { name }: HostRun, { data, perHost, aggregate }: RunStats): void {
  const place = perHost ? name : "_run";
  const before = stats[place] ?? {};
  const after = Object.entries(plainData(data)).map(([key, value]): [string, unknown] => [
    key,
    aggregate ? sum(before[key], value) : value,
  ]);
  stats[place] = { ...before, ...Object.fromEntries(after) };
}

function sum(left: unknown, right: unknown): unknown {
  if (isMapping(left) && isMapping(right)) return { ...left, ...right };
  if (Array.isArray(left) && Array.isArray(right)) return left.concat(right);
  if (typeof left === "number" && typeof right === "number") return left + right;
  return typeof left === "string" && typeof right === "string" ? left + right : right;
}
