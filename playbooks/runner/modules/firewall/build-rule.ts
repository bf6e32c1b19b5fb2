/** Words of an iptables rule from the arguments of Ansible's module, in the order in which iptables wants them. Pure. */
import type { IptablesArgs } from "./iptables-args";

/** The rule's words; none when the arguments name no rule. */
export function buildRule(args: IptablesArgs): string[] {
  return [...targetWords(args), ...portWords(args), ...matchWords(args), ...rejectWords(args)];
}

function targetWords(args: IptablesArgs): string[] {
  const { match: matches, tcp_flags: flags, jump } = args;
  return [
    ...option("-w", args.wait),
    ...option("-p", args.protocol),
    ...option("-s", args.source),
    ...option("-d", args.destination),
    ...matches.flatMap((it) => option("-m", it)),
    ...(flags?.flags && flags.flags_set
      ? ["--tcp-flags", flags.flags.join(","), flags.flags_set.join(",")]
      : []),
    ...option("-j", jump),
    ...(jump?.toLowerCase() === "tee" ? option("--gateway", args.gateway) : []),
    ...option("--log-prefix", args.log_prefix),
    ...option("--log-level", args.log_level),
    ...option("--to-destination", args.to_destination),
    ...(args.destination_ports.length > 0
      ? ["-m", "multiport", "--dports", args.destination_ports.join(",")]
      : []),
    ...option("--to-source", args.to_source),
  ];
}

function portWords(args: IptablesArgs): string[] {
  return [
    ...option("-g", args.goto),
    ...option("-i", args.in_interface),
    ...option("-o", args.out_interface),
    ...option("-f", args.fragment),
    ...option("-c", args.set_counters),
    ...option("--source-port", args.source_port),
    ...option("--destination-port", args.destination_port),
    ...option("--to-ports", args.to_ports),
    ...option("--set-dscp", args.set_dscp_mark),
    ...option("--set-dscp-class", args.set_dscp_mark_class),
    ...(args.syn === "ignore" ? [] : args.syn === "match" ? ["--syn"] : ["!", "--syn"]),
  ];
}

/** A match that the rule names itself is not named again. */
function matchWords(args: IptablesArgs): string[] {
  const { match: matches, match_set: set, limit, limit_burst: burst } = args;
  const own = (match: string): string[] => (matches.includes(match) ? [] : ["-m", match]);
  const { src_range: from, dst_range: to } = args;
  const state = matches.includes("state") && !matches.includes("conntrack");
  return [
    ...(args.ctstate.length > 0
      ? [
          ...(state ? [] : own("conntrack")),
          state ? "--state" : "--ctstate",
          args.ctstate.join(","),
        ]
      : []),
    ...((from ?? to) === undefined ? [] : own("iprange")),
    ...option("--src-range", from),
    ...option("--dst-range", to),
    ...(set === undefined ? [] : own("set")),
    ...option("--match-set", set),
    ...(set === undefined || args.match_set_flags === undefined ? [] : [args.match_set_flags]),
    ...(limit === undefined && burst === undefined ? [] : ["-m", "limit"]),
    ...option("--limit", limit),
    ...option("--limit-burst", burst),
    ...(args.uid_owner === undefined ? [] : ["-m", "owner"]),
    ...option("--uid-owner", args.uid_owner),
    ...(args.gid_owner === undefined ? [] : ["-m", "owner"]),
    ...option("--gid-owner", args.gid_owner),
  ];
}

function rejectWords(args: IptablesArgs): string[] {
  return [
    ...(args.jump === undefined && args.reject_with !== undefined ? ["-j", "REJECT"] : []),
    ...option("--reject-with", args.reject_with),
    ...option(args.ip_version === "ipv6" ? "--icmpv6-type" : "--icmp-type", args.icmp_type),
    ...(args.comment === undefined ? [] : ["-m", "comment"]),
    ...option("--comment", args.comment),
  ];
}

/** A value with `!` ahead turns the test round. */
function option(name: string, value: string | undefined): string[] {
  if (value === undefined || value === "") return [];
  return value.startsWith("!") ? ["!", name, value.slice(1).trim()] : [name, value];
}
