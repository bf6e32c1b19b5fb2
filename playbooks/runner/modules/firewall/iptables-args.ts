/** The arguments of `iptables`. */
import { z } from "zod";
import { flag, name as nameField, text, textList, whole } from "../args/fields";

const LEVELS = [
  ...["0", "1", "2", "3", "4", "5", "6", "7"],
  ...["emerg", "alert", "crit", "error", "warning", "notice", "info", "debug"],
];

/** A word that is no option of iptables, also behind a `!`. */
const word = () =>
  text().refine((it) => !/^!?\s*-|\0/.test(it), "expected no word that begins with a dash");

/** Arguments by their main names. */
export const IPTABLES_ARGS = {
  table: z.enum(["filter", "nat", "mangle", "raw", "security"]).default("filter"),
  state: z.enum(["present", "absent"]).default("present"),
  action: z.enum(["append", "insert"]).default("append"),
  rule_num: whole().pipe(z.int().min(1)).optional(),
  ip_version: z
    .enum(["ipv4", "ipv6"], "expected ipv4 or ipv6: write a task for each")
    .default("ipv4"),
  chain: nameField(/^[A-Za-z0-9_][^\s!]{0,28}$/, "the name of a chain").optional(),
  protocol: word().optional(),
  source: word().optional(),
  destination: word().optional(),
  tcp_flags: z.strictObject({ flags: textList(), flags_set: textList() }).partial().optional(),
  match: textList().default([]),
  jump: word().optional(),
  gateway: word().optional(),
  log_prefix: text().optional(),
  log_level: text()
    .refine((it) => LEVELS.includes(it), `expected ${LEVELS.join(", ")}`)
    .optional(),
  goto: word().optional(),
  in_interface: word().optional(),
  out_interface: word().optional(),
  fragment: word().optional(),
  set_counters: word().optional(),
  source_port: word().optional(),
  destination_port: word().optional(),
  destination_ports: textList().default([]),
  to_ports: word().optional(),
  to_destination: word().optional(),
  to_source: word().optional(),
  syn: z.enum(["ignore", "match", "negate"]).default("ignore"),
  set_dscp_mark: word().optional(),
  set_dscp_mark_class: word().optional(),
  comment: text().optional(),
  ctstate: textList().default([]),
  src_range: word().optional(),
  dst_range: word().optional(),
  match_set: word().optional(),
  match_set_flags: z.enum(["src", "dst", "src,dst", "dst,src", "dst,dst", "src,src"]).optional(),
  limit: word().optional(),
  limit_burst: word().optional(),
  uid_owner: word().optional(),
  gid_owner: word().optional(),
  reject_with: word().optional(),
  icmp_type: word().optional(),
  flush: flag().default(false),
  policy: z.enum(["ACCEPT", "DROP", "QUEUE", "RETURN"]).optional(),
  wait: word().optional(),
  chain_management: flag().default(false),
  numeric: flag().default(false),
};

/** The parsed arguments. */
export type IptablesArgs = z.output<z.ZodObject<typeof IPTABLES_ARGS>>;

/** What is wrong with them together; undefined when nothing is. */
export function checkIptables(args: IptablesArgs): string | undefined {
  if (!args.flush && args.chain === undefined) {
    return "Either chain or flush parameter must be specified.";
  }
  if (args.flush && args.policy !== undefined) return "give flush or policy, not both";
  if (args.set_dscp_mark !== undefined && args.set_dscp_mark_class !== undefined) {
    return "give set_dscp_mark or set_dscp_mark_class, not both";
  }
  if (args.jump?.toLowerCase() === "tee" && args.gateway === undefined) {
    return "gateway is needed with jump: TEE";
  }
  const logs = args.log_prefix !== undefined || args.log_level !== undefined;
  if (logs && args.jump !== undefined && args.jump !== "LOG") {
    return "Logging options can only be used with the LOG jump target.";
  }
  return (args.match_set === undefined) === (args.match_set_flags === undefined)
    ? undefined
    : "match_set and match_set_flags need each other";
}
