/** Attributes → what the playbooks room takes. Unknown values are told apart here. Pure. */
import type {
  InventoryHost,
  PlaybookSource,
  TravellingFiles,
  UnknownHost,
} from "../../../playbooks/playbooks";
import type { MaybeUnknown, Partially } from "../../framework/resource";
import { isUnknownInside, Unknown } from "../../framework/unknown";
import { toPlain, type Dynamic } from "../../protocol/dynamic";
import { type BastionModel, toJump } from "../bastion";
import type { HostModel, PlaybookModel, SourceModel } from "./model";

/** Playbooks as sources; undefined when something in them is unknown. */
export function toSources(
  given: MaybeUnknown<readonly SourceModel[]> | null,
): readonly PlaybookSource[] | undefined {
  if (isUnknownInside(given)) return undefined;
  return (given ?? []) as readonly SourceModel[];
}

/** Travelling files; undefined when something in them is unknown. */
export function toFiles(given: Partially<PlaybookModel>["files"]): TravellingFiles | undefined {
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

/**
 * The inventory for digests: a host with anything unknown is unknown. Host keys and bastions are left out:
 * they decide nothing about what is done, and are often unknown before apply.
 */
export function toInventory(
  hosts: Readonly<Record<string, MaybeUnknown<HostModel>>>,
): Readonly<Record<string, InventoryHost | UnknownHost>> {
  const entries = Object.entries(hosts).map(([name, host]) => [name, toEntry(host)] as const);
  return Object.fromEntries(entries);
}

function toEntry(host: MaybeUnknown<HostModel>): InventoryHost | UnknownHost {
  if (host instanceof Unknown) return { unknown: true, groups: undefined };
  const keyless = { ...host, host_keys: null, bastion: null };
  if (!isUnknownInside(keyless)) return toHost(keyless, []);
  const groups = isUnknownInside(host.groups) ? undefined : (host.groups ?? []);
  return { unknown: true, groups };
}

/** One host; `pinned` stands in for keys where none are given, `common` for a bastion. */
export function toHost(
  host: HostModel,
  pinned: readonly string[],
  common: BastionModel | null = null,
): InventoryHost {
  const bastion = host.bastion ?? common;
  return {
    address: host.address,
    port: host.port,
    user: host.user,
    hostKeys: host.host_keys?.length ? host.host_keys : pinned,
    groups: host.groups ?? [],
    vars: host.vars ?? {},
    ...(host.machine_id === null ? {} : { machineId: host.machine_id }),
    ...(bastion === null ? {} : { jump: toJump(bastion) }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
