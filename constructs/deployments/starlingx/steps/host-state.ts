/** What is asked of hosts: rows of `system host-list`, by name or MAC address. Source: cgts-client, host-list. */
import { type Condition, row, type Rows, rows } from "./step";

const COLUMNS = [
  "id",
  "hostname",
  "personality",
  "administrative",
  "operational",
  "availability",
  "mgmt_mac",
];

/** All hosts with all that steps ask of them. */
export const HOST_LIST = ["system", "host-list", ...COLUMNS.flatMap((it) => ["--column", it])];

/** A host that is unlocked and does its work. */
export function isUnlocked(hostname: string): Condition {
  return row(HOST_LIST, {
    hostname,
    administrative: "unlocked",
    operational: "enabled",
    availability: ["available", "degraded"],
  });
}

/** A host that is installed: its agent reports. */
export function isInstalled(hostname: string): Condition {
  return row(HOST_LIST, { hostname, availability: ["online", "available", "degraded"] });
}

/** A locked host that is installed. */
export function isReady(hostname: string): Condition {
  return row(HOST_LIST, { hostname, administrative: "locked", availability: "online" });
}

/** The host that was discovered for this one: by its MAC address, else the only one without a name. */
export function discovered(mac: string | undefined): Rows {
  return mac === undefined
    ? rows(HOST_LIST, { hostname: "None" })
    : rows(HOST_LIST, { mgmt_mac: mac });
}
