/** Lists of services as Ansible's facts tell them. Pure. */
import { splitParts } from "../../facts/parts";

/** One service. */
export interface ServiceFact {
  readonly name: string;
  readonly state: string;
  /** Whether it begins with the host; scripts of init do not tell. */
  readonly status?: string;
  readonly source: "systemd" | "sysv" | "runit";
}

const BAD: readonly string[] = ["not-found", "masked", "failed"];

/** The output of the module's script: services by name, the best source last. */
export function parseServices(printed: string): Readonly<Record<string, ServiceFact>> {
  const parts = splitParts(printed);
  const units = new Map(parts.lines("units").flatMap(parseUnit));
  const files = parts.lines("files").flatMap((line): [string, ServiceFact][] => {
    const [name = "", status = "unknown"] = line.trim().split(/\s+/);
    if (!name.includes(".service")) return [];
    const unit = units.get(name);
    if (unit === undefined) return [[name, { name, state: "inactive", status, source: "systemd" }]];
    return BAD.includes(unit.status ?? "") ? [] : [[name, { ...unit, status }]];
  });
  const all = [
    ...parts.lines("scripts").flatMap(parseScript),
    ...units,
    ...files,
    ...parts.lines("runit").flatMap(parseRunit),
  ];
  return Object.fromEntries(all);
}

/** ` [ + ]  cron` */
function parseScript(line: string): [string, ServiceFact][] {
  const [, sign, name] = /^\s*\[ ([+-]) \]\s+(.+)$/.exec(line) ?? [];
  if (name === undefined) return [];
  return [[name, { name, state: sign === "+" ? "running" : "stopped", source: "sysv" }]];
}

/** `cron.service loaded active running Regular background program processing daemon` */
function parseUnit(line: string): [string, ServiceFact][] {
  const fields = line.replace(/^[\s*●×○↻]+/u, "").split(/\s+/);
  const [name = "", load = "", active = "", sub = ""] = fields;
  if (!name.includes(".service")) return [];
  const status = BAD.find((it) => [load, active, sub].includes(it)) ?? active;
  const state = sub === "running" ? "running" : "stopped";
  return [[name, { name, state, status, source: "systemd" }]];
}

/** `etcd run enabled` */
function parseRunit(line: string): [string, ServiceFact][] {
  const [name = "", state, status = "unknown"] = line.split(" ");
  return [
    [name, { name, state: state === "run" ? "running" : "stopped", status, source: "runit" }],
  ];
}
