/** `gather_subset` and `filter`: which of the gathered facts are told. Pure. */
import { fnmatch } from "../modules/args/fnmatch";

/** Facts by Ansible's names of the parts that gather them: patterns of their names, without the prefix. */
const MINIMAL: Readonly<Record<string, readonly string[]>> = {
  platform: [
    ...["system", "nodename", "hostname", "fqdn", "domain", "kernel", "kernel_version", "machine"],
    ...["architecture", "userspace_bits", "machine_id"],
  ],
  distribution: ["distribution*", "os_family"],
  user: ["user_*", "real_user_id", "real_group_id", "effective_*_id"],
  env: ["env"],
  date_time: ["date_time"],
  service_mgr: ["service_mgr"],
  pkg_mgr: ["pkg_mgr"],
  cmdline: ["cmdline"],
  dns: ["dns"],
  ssh_pub_keys: ["ssh_host_key_*"],
};
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  hardware: [
    ...["mem*_mb", "swap*_mb", "memory_mb", "processor*", "uptime_seconds", "mounts"],
    ...["product_*", "system_vendor", "bios_*", "board_*"],
  ],
  virtual: ["virtualization_*"],
};
/** Everything about the network has names of its own: those of the interfaces are the host's. */
const NETWORK = "network";

/** Names under which one part is asked for. */
const ALIASES: Readonly<Record<string, string>> = {
  ...named("platform", ["system", "kernel", "kernel_version", "machine", "architecture"]),
  ...named("platform", ["machine_id", "python_version"]),
  ...named("distribution", ["distribution_version", "distribution_release", "os_family"]),
  ...named("distribution", ["distribution_major_version"]),
  ...named("user", ["user_id", "user_uid", "user_gid", "user_gecos", "user_dir", "user_shell"]),
  ...named("user", ["real_user_id", "effective_user_id", "effective_group_ids"]),
  ...named("hardware", ["processor", "processor_cores", "processor_count", "mounts", "devices"]),
  ...named("virtual", ["virtualization_type", "virtualization_role"]),
  ...named("virtual", ["virtualization_tech_guest", "virtualization_tech_host"]),
  ...named(NETWORK, ["interfaces", "default_ipv4", "default_ipv6", "all_ipv4_addresses"]),
  ...named(NETWORK, ["all_ipv6_addresses"]),
  ...named("ssh_pub_keys", ["ssh_host_pub_keys", "ssh_host_key_dsa_public"]),
  ...named("ssh_pub_keys", ["ssh_host_key_ecdsa_public", "ssh_host_key_ed25519_public"]),
  ...named("ssh_pub_keys", ["ssh_host_key_rsa_public"]),
};
/** Parts of Ansible of which a shell knows nothing: asking for them is no mistake. */
const EMPTY: readonly string[] = [
  ...["apparmor", "caps", "chroot", "is_chroot", "facter", "fibre_channel_wwn", "fips", "iscsi"],
  ...["loadavg", "local", "lsb", "ohai", "python", "selinux", "sunos", "system_capabilities"],
  ...["system_capabilities_enforced", "nvme", "systemd"],
];

/** The word of a subset that Ansible does not know either; undefined when all are known. */
export function unknownSubset(subsets: readonly string[]): string | undefined {
  const known = new Set([...partNames(), ...Object.keys(ALIASES), ...EMPTY, "all", "min"]);
  return subsets.map((it) => it.replace(/^!/, "")).find((it) => !known.has(it));
}

/**
 * The facts of the subsets, as Ansible reads `all`, `min`, `!hardware` and `!all`: the smallest part is there
 * unless `!min` is.
 */
export function factsOfSubsets(
  facts: Readonly<Record<string, unknown>>,
  subsets: readonly string[],
): Record<string, unknown> {
  const parts = chosenParts(subsets);
  return Object.fromEntries(Object.entries(facts).filter(([name]) => parts.has(partOf(name))));
}

/** Facts whose name, with or without the prefix, fits one of the patterns; all without patterns. */
export function factsByFilter(
  facts: Readonly<Record<string, unknown>>,
  filters: readonly string[],
): Record<string, unknown> {
  const patterns = filters.filter((it) => it !== "").map(fnmatch);
  const fits = (name: string): boolean =>
    patterns.some((it) => it.test(name) || it.test(`ansible_${name}`));
  return patterns.length === 0
    ? { ...facts }
    : Object.fromEntries(Object.entries(facts).filter(([name]) => fits(name)));
}

function chosenParts(subsets: readonly string[]): ReadonlySet<string> {
  const minimal = Object.keys(MINIMAL);
  const expand = (word: string): readonly string[] => {
    if (word === "all") return partNames();
    if (word === "min") return minimal;
    return [ALIASES[word] ?? word];
  };
  const excluded = subsets.filter((it) => it.startsWith("!")).map((it) => it.slice(1));
  const included = subsets.filter((it) => !it.startsWith("!"));
  const without = new Set(
    excluded.flatMap((it) => (it === "all" ? [...Object.keys(FURTHER), NETWORK] : expand(it))),
  );
  // Without a word for more, everything is meant but what is ruled out.
  const wanted = included.length === 0 ? partNames() : included.flatMap(expand);
  const base = excluded.includes("min") ? [] : minimal;
  const named = new Set(included.filter((it) => it !== "all" && it !== "min").flatMap(expand));
  return new Set([...base, ...wanted].filter((it) => named.has(it) || !without.has(it)));
}

function partOf(name: string): string {
  const parts = [...Object.entries(MINIMAL), ...Object.entries(FURTHER)];
  return (
    parts.find(([, patterns]) => patterns.some((it) => fnmatch(it).test(name)))?.[0] ?? NETWORK
  );
}

function partNames(): string[] {
  return [...Object.keys(MINIMAL), ...Object.keys(FURTHER), NETWORK];
}

function named(part: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((it) => [it, part]));
}
