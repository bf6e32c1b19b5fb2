/** Checks of a device's configuration, all faults at once; unknown values pass. Pure. */
import { fault, type Fault } from "../../../core/faults";
import type { Partially } from "../../framework/resource";
import { Unknown } from "../../framework/unknown";
import { checkBastion } from "../bastion";
import { checkTags } from "../check-tags";
import { isPublicKey } from "../public-key";
import type { DeviceModel } from "./model";

type Config = Partially<DeviceModel>;

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const RFC3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?$/;
const LAST_PORT = 65_535;
/** The operating system that boots a script of the user's. */
const CUSTOM_IPXE = "custom_ipxe";

/** See the header. */
export function validateDevice(config: Config): Fault[] {
  return [
    ...checkText("AS1854", "hostname", config.hostname, (it) => HOST_NAME.test(it)),
    ...checkText("AS1856", "custom_data", config.custom_data, isJsonObject),
    ...checkText("AS1864", "termination_time", config.termination_time, isTime),
    ...checkTags(config.tags),
    ...checkPort(config.ssh_port),
    ...checkHostKeyLines(config.host_keys),
    ...checkBastion("bastion", config.bastion),
    ...checkIpxe(config),
  ];
}

function checkText(
  code: "AS1854" | "AS1856" | "AS1864",
  path: string,
  value: string | Unknown | null,
  fits: (value: string) => boolean,
): Fault[] {
  if (value === null || value instanceof Unknown || fits(value)) return [];
  return [fault(code, path, { given: value })];
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function isTime(text: string): boolean {
  return RFC3339.test(text) && !Number.isNaN(Date.parse(text));
}

function checkPort(port: Config["ssh_port"]): Fault[] {
  if (port === null || port instanceof Unknown) return [];
  const fits = Number.isInteger(port) && 1 <= port && port <= LAST_PORT;
  return fits ? [] : [fault("AS1853", "ssh_port", { given: port, allowed: `1 to ${LAST_PORT}` })];
}

function checkHostKeyLines(keys: Config["host_keys"]): Fault[] {
  if (keys === null || keys instanceof Unknown) return [];
  return keys.flatMap((key, index) =>
    key instanceof Unknown || isPublicKey(key) ? [] : [fault("AS1855", `host_keys[${index}]`)],
  );
}

function checkIpxe({
  operating_system: os,
  ipxe_script_url: url,
  user_data: data,
}: Config): Fault[] {
  if ([os, url, data].some((it) => it instanceof Unknown)) return [];
  const script = typeof data === "string" && /^#!i?pxe/i.test(data);
  if (os !== CUSTOM_IPXE) return url === null ? [] : [fault("AS1857", "ipxe_script_url")];
  return (url !== null) === script ? [fault("AS1857", "operating_system")] : [];
}
