/**
 * Reads what discovery clients have told: a JSON list of their payloads. Keys that are not looked at (lldp,
 * ignition-journal) may hold anything. Source: JulienBalestra/enjoliver, discoveryC/main.go and app/model.py. Pure.
 */
import { z } from "zod";
import { type Fault } from "../../../core/faults";
import { type Finding, findingIn, type ValuePath } from "../../../core/finding";
import { type Dialect, issueFindings } from "../../../core/schema-issues";
import { YamlDocument } from "../../../core/yaml-document";
import { pattern } from "../../schema-values";
import { tryParseAddress } from "../../ip/address";
import { type Machine, type MachineInterface, normalizeMac } from "./machine";

const mac = pattern(/^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/, "six bytes in hex digits with colons");
const uuid = pattern(
  /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  "hex digits in groups of 8-4-4-4-12",
);

const payload = z.looseObject({
  "boot-info": z.looseObject({ uuid, mac }),
  interfaces: z
    .array(
      z.looseObject({
        name: pattern(/^[^\s/]{1,15}$/, "an interface's name"),
        mac,
        ipv4: z.string(),
        cidrv4: z.string().optional(),
        netmask: z.int().min(1).max(32),
        gateway: z.string().optional(),
      }),
    )
    .min(1),
  disks: z
    .array(z.looseObject({ path: pattern(/^\/dev\/\S+$/, "/dev/…"), "size-bytes": z.int().min(0) }))
    .nullable()
    .optional(),
});
const DIALECT: Dialect = {
  finding: (code, at, root, parts) => findingIn({}, code, at, root, parts),
  notYet: {},
  ownCodes: {},
};
type Payload = z.output<typeof payload>;

/** What a file of payloads holds. */
export interface Discovered {
  /** Sorted by MAC address. */
  readonly machines: readonly Machine[];
  /** With their positions in the file. */
  readonly faults: readonly Fault[];
}

/**
 * Reads the file.
 * @param file - its name, for positions
 * @param text - JSON
 */
export function readDiscovery(file: string, text: string): Discovered {
  const document = new YamlDocument(file, text);
  if (document.root === undefined) return { machines: [], faults: document.faults };
  const items: unknown[] = Array.isArray(document.root) ? document.root : [];
  const parsed = items.flatMap((item, index) => {
    const { data } = payload.safeParse(item);
    return data ? [{ index, data }] : [];
  });
  const found = [
    ...checkShape(document.root),
    ...checkInterfaces(parsed),
    ...checkIdentity(parsed),
  ];
  return {
    machines: parsed.flatMap(({ data }) => machineOf(data)).sort(byMac),
    faults: [...document.faults, ...found.map((it) => document.place(it))],
  };
}

interface Item {
  readonly index: number;
  readonly data: Payload;
}

function checkShape(root: unknown): Finding[] {
  const schema = z.array(payload);
  const { error } = schema.safeParse(root);
  return issueFindings(error?.issues ?? [], schema, root, DIALECT);
}

function checkInterfaces(items: readonly Item[]): Finding[] {
  return items.flatMap(({ index, data }) => {
    const boot = normalizeMac(data["boot-info"].mac);
    const known = data.interfaces.some((it) => normalizeMac(it.mac) === boot);
    return [
      ...(known ? [] : [wrong("AS1570", [index, "boot-info", "mac"], boot)]),
      ...data.interfaces.flatMap((it, n) => checkAddress(it, [index, "interfaces", n])),
    ];
  });
}

function checkAddress(it: Payload["interfaces"][number], at: ValuePath): Finding[] {
  if (tryParseAddress(it.ipv4)?.family !== 4) {
    return [wrong("AS1573", [...at, "ipv4"], it.ipv4, "no IPv4 address")];
  }
  const full = `${it.ipv4}/${it.netmask}`;
  return it.cidrv4 === undefined || it.cidrv4 === full
    ? []
    : [wrong("AS1573", [...at, "cidrv4"], it.cidrv4, `address and netmask say ${full}, and this`)];
}

function checkIdentity(items: readonly Item[]): Finding[] {
  const interfaces = items.flatMap(({ index, data }) =>
    data.interfaces.map((it, n) => ({ ...it, at: [index, "interfaces", n] as const })),
  );
  return [
    ...later(
      items.map(({ index, data }) => ({
        at: [index, "boot-info", "uuid"],
        key: data["boot-info"].uuid.toLowerCase(),
      })),
    ).map(({ at, key }) => wrong("AS1571", at, key, "another machine has the UUID")),
    ...later(
      interfaces.map(({ at, mac: text }) => ({ at: [...at, "mac"], key: normalizeMac(text) })),
    ).map(({ at, key }) => wrong("AS1571", at, key, "another interface has the MAC address")),
    ...later(interfaces.map(({ at, ipv4 }) => ({ at: [...at, "ipv4"], key: ipv4 }))).map(
      ({ at, key }) => wrong("AS1572", at, key),
    ),
  ];
}

/** The second and later ones of every key. */
function later<T extends { readonly key: string }>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter(({ key }) => seen.size === seen.add(key).size);
}

function wrong(
  code: "AS1570" | "AS1571" | "AS1572" | "AS1573",
  at: ValuePath,
  given: string,
  problem?: string,
): Finding {
  return findingIn({}, code, at, undefined, { given, ...(problem ? { problem } : {}) });
}

function machineOf(data: Payload): Machine[] {
  const interfaces = data.interfaces
    .map((it): MachineInterface => ({
      name: it.name,
      mac: normalizeMac(it.mac),
      ipv4: it.ipv4,
      netmask: it.netmask,
      ...(it.gateway === undefined ? {} : { gateway: it.gateway }),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const mine = normalizeMac(data["boot-info"].mac);
  const boot = interfaces.find((it) => it.mac === mine);
  const disks = (data.disks ?? [])
    .map((it) => ({ path: it.path, bytes: it["size-bytes"] }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return boot === undefined
    ? []
    : [{ mac: mine, uuid: data["boot-info"].uuid.toLowerCase(), boot, interfaces, disks }];
}

function byMac(left: Machine, right: Machine): number {
  return left.mac < right.mac ? -1 : 1;
}
