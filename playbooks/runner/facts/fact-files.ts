/** The files of a host that facts are read from; one process of the host prints all of them. */
import { type Parts, partsOf, splitFiles } from "./parts";

/** Parts that are files as they are; of several, the first that is there. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  "os-release": ["/etc/os-release", "/usr/lib/os-release"],
  "debian-version": ["/etc/debian_version"],
  hosts: ["/etc/hosts"],
  memory: ["/proc/meminfo"],
  resolv: ["/etc/resolv.conf"],
  uptime: ["/proc/uptime"],
  "machine-id": ["/etc/machine-id"],
  cmdline: ["/proc/cmdline"],
  mounts: ["/proc/mounts"],
  "first-process": ["/proc/1/comm"],
};
/** Tables of the firmware, a file a field: all that are in use have an underscore. */
const FIRMWARE = "/sys/class/dmi/id/";
const HOST_KEY = /^\/etc\/ssh\/ssh_host_.*_key\.pub$/;

/** Words of the shell: paths and patterns of them. */
export const FACT_FILES = [
  ...Object.values(FILES).flat(),
  "/etc/ssh/ssh_host_*_key.pub",
  `${FIRMWARE}*_*`,
].join(" ");

/** The files among the parts by name; `dmi` is `FIELD=TEXT` by lines, `host-keys` a key a line. */
export function factFiles(parts: Parts): Parts {
  const files = splitFiles(parts.text("files"));
  const named = Object.entries(FILES).flatMap(([name, paths]): [string, string][] => {
    const path = paths.find((it) => files.has(it));
    return path === undefined ? [] : [[name, files.get(path) ?? ""]];
  });
  const all = [...files];
  const keys = all.filter(([path]) => HOST_KEY.test(path)).map(([, text]) => text.trimEnd());
  const fields = all
    .filter(([path]) => path.startsWith(FIRMWARE))
    .map(([path, text]) => `${path.slice(FIRMWARE.length)}=${text.trimEnd()}`);
  return partsOf(new Map([...named, ["host-keys", keys.join("\n")], ["dmi", fields.join("\n")]]));
}
