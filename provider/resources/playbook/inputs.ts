/** Attributes → what the playbooks room takes. Unknown values are told apart here. Pure. */
import type { InventoryHost, PlaybookSource } from "../../../playbooks/playbooks";
import type { MaybeUnknown, Partially } from "../../framework/resource";
import { isUnknownInside, Unknown } from "../../framework/unknown";
import { toPlain, type Dynamic } from "../../protocol/dynamic";
import type { UnknownHost } from "./engine";
import type { HostModel, PlaybookModel, SourceModel } from "./model";

/** Playbooks as sources; undefined when something in them is unknown. */
export function toSources(
  given: MaybeUnknown<readonly SourceModel[]> | null,
): readonly PlaybookSource[] | undefined {
  if (isUnknownInside(given)) return undefined;
  return (given ?? []) as readonly SourceModel[];
}

/** Travelling files; undefined when something in them is unknown. */
export function toFiles(
  given: Partially<PlaybookModel>["files"],
): ReadonlyMap<string, string> | undefined {
  if (isUnknownInside(given)) return undefined;
  return new Map(Object.entries((given ?? {}) as Readonly<Record<string, string>>));
}

/** Variables for all hosts; undefined when something in them is unknown, or they are no object. */
export function toVars(
  given: MaybeUnknown<Dynamic | null>,
): Readonly<Record<string, unknown>> | undefined {
  if (isUnknownInside(given)) return undefined;
  const plain = toPlain(given) ?? {};
  return isRecord(plain) ? plain : undefined;
}

/** The inventory for digests: hosts with anything unknown are unknown. */
export function toInventory(
  hosts: Readonly<Record<string, MaybeUnknown<HostModel>>>,
): Readonly<Record<string, InventoryHost | UnknownHost>> {
  const entries = Object.entries(hosts).map(
    ([name, host]) =>
      [name, isUnknownInside(host) ? toUnknownHost(host) : toHost(host as HostModel, [])] as const,
  );
  return Object.fromEntries(entries);
}

function toUnknownHost(host: MaybeUnknown<HostModel>): UnknownHost {
  const groups = host instanceof Unknown ? undefined : host.groups;
  const known = isUnknownInside(groups) ? undefined : ((groups ?? []));
  return { unknown: true, groups: known };
}

/** One host; `pinned` stands in for keys where none are given. */
export function toHost(host: HostModel, pinned: readonly string[]): InventoryHost {
  return {
    address: host.address,
    port: host.port,
    user: host.user,
    hostKeys: host.host_keys?.length ? host.host_keys : pinned,
    groups: host.groups ?? [],
    vars: host.vars ?? {},
    ...(host.machine_id === null ? {} : { machineId: host.machine_id }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
