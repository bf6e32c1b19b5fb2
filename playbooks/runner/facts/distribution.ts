/** Which distribution a host runs, in the spelling that Ansible's conditions expect. */
import { member } from "../../../core/mapping";
import type { Parts } from "./parts";

/** Ansible's name and family by the `ID` of os-release. */
const DISTRIBUTIONS: Readonly<Record<string, readonly [name: string, family: string]>> = {
  debian: ["Debian", "Debian"],
  ubuntu: ["Ubuntu", "Debian"],
  raspbian: ["Raspbian", "Debian"],
  rhel: ["RedHat", "RedHat"],
  centos: ["CentOS", "RedHat"],
  rocky: ["Rocky", "RedHat"],
  almalinux: ["AlmaLinux", "RedHat"],
  fedora: ["Fedora", "RedHat"],
  amzn: ["Amazon", "RedHat"],
  alpine: ["Alpine", "Alpine"],
  arch: ["Archlinux", "Archlinux"],
  "opensuse-leap": ["openSUSE Leap", "Suse"],
  "opensuse-tumbleweed": ["openSUSE Tumbleweed", "Suse"],
  sles: ["SLES", "Suse"],
  openwrt: ["OpenWrt", "OpenWrt"],
  flatcar: ["Flatcar", "Flatcar"],
};

/** Facts from os-release. */
export function distributionFacts(files: Parts): Record<string, unknown> {
  const release = parseRelease(files.lines("os-release"));
  const id = release.get("ID") ?? "linux";
  const [name, family] = member(DISTRIBUTIONS, id) ?? [release.get("NAME") ?? "Linux", undefined];
  const version = versionOf(id, release, files.lines("debian-version")[0]);
  return {
    distribution: name,
    distribution_version: version,
    distribution_major_version: version.split(".", 1)[0],
    distribution_release: release.get("VERSION_CODENAME") ?? "NA",
    os_family: family ?? likeOf(release) ?? name,
  };
}

function parseRelease(lines: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    values.set(name, value.replace(/^(["'])(.*)\1$/, "$2"));
  }
  return values;
}

/** Debian's point release stands in /etc/debian_version only. */
function versionOf(id: string, release: ReadonlyMap<string, string>, debian = ""): string {
  if (id === "debian" && /^\d+(\.\d+)*$/.test(debian)) return debian;
  return release.get("VERSION_ID") ?? "NA";
}

function likeOf(release: ReadonlyMap<string, string>): string | undefined {
  const like = release.get("ID_LIKE")?.split(" ") ?? [];
  return like.map((it) => member(DISTRIBUTIONS, it)?.[1]).find((it) => it !== undefined);
}
