/** Scripts for iPXE. Source: poseidon/matchbox v0.11.0, matchbox/http/ipxe.go; ipxe.org/scripting. Pure. */
import type { BootEntry } from "./boot-files";

/** What a machine tells of itself when it asks for its script; `arch` is arm64 where iPXE was built for it. */
const LABELS = [
  ["uuid", "${uuid}"],
  ["mac", "${mac:hexhyp}"],
  ["domain", "${domain}"],
  ["hostname", "${hostname}"],
  ["serial", "${serial}"],
  ["arch", "${buildarch:uristring}"],
] as const;

/**
 * The first script: it asks for the machine's own one. The URL is relative, so that a proxy may put the server
 * below a path.
 */
export function chainScript(target = "ipxe"): string {
  const query = LABELS.map(([key, value]) => `${key}=${value}`).join("&");
  return `#!ipxe\nchain ${target}?${query}\n`;
}

/** The script that boots a machine. */
export function bootScript({ kernel, initrd, args }: BootEntry): string {
  return [
    "#!ipxe",
    ["kernel", kernel, ...args].join(" "),
    ...initrd.map((it) => `initrd ${it}`),
    "boot",
    "",
  ].join("\n");
}

/** The script that is built into iPXE: it waits for an address, however long that takes, and then asks the server. */
export function embeddedScript(server: string): string {
  return [
    "#!ipxe",
    ":retry",
    "dhcp || goto retry",
    `chain ${server.replace(/\/$/, "")}/boot.ipxe || goto retry`,
    "",
  ].join("\n");
}
