/** `ansible.builtin.iptables`: rules, chains and policies of the running kernel; nothing is kept over a restart. */
import type { TaskContext, TaskResult } from "../module";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { buildRule } from "./firewall/build-rule";
import { checkIptables, IPTABLES_ARGS, type IptablesArgs } from "./firewall/iptables-args";
import { TaskFailure } from "./task-failure";

const PATH = "PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH";
/** Is the rule there, is the chain there, and what is its policy? $1: program; $2: table; $3: chain; then the rule. */
const LOOK_SCRIPT = `
LC_ALL=C; export LC_ALL
${PATH}
program=$1 table=$2 chain=$3
shift 3
command -v "$program" >/dev/null 2>&1 || { echo "the host has no $program" >&2; exit 3; }
"$program" -t "$table" -C "$chain" "$@" >/dev/null 2>&1 && echo rule
said=$("$program" -t "$table" -S "$chain" 2>&1) && { echo chain; printf '%s\\n' "$said"; } || case $said in
*'ermission denied'* | *'must be root'*) echo "$said" >&2; exit 4 ;;
esac
exit 0`;

/** See the file's header. */
export const iptablesModule = defineModule({
  name: "iptables",
  args: IPTABLES_ARGS,
  check: checkIptables,
  async run(context, given) {
    const logs = given.log_prefix !== undefined || given.log_level !== undefined;
    const args = logs && given.jump === undefined ? { ...given, jump: "LOG" } : given;
    const rule = buildRule(args);
    const found = args.flush ? undefined : await look(context, args, rule);
    const commands = planCommands(args, rule, found);
    const idle = args.state === "absent" && rule.length === 0 && found?.chain === true;
    if (!context.check) await carryOut(context, commands);
    const { ip_version, table, chain = null, flush, state, chain_management } = args;
    return {
      // As Ansible: without chain_management the chain stays, and is told all the same.
      changed: commands.length > 0 || (idle && args.policy === undefined),
      ...shown(context, commands),
      values: {
        ...{ ip_version, table, chain, flush, state, chain_management },
        rule: buildRule(given).join(" "),
      },
    };
  },
});

interface Found {
  readonly rule: boolean;
  readonly chain: boolean;
  readonly policy: string | undefined;
}

async function look(
  { host, signal }: TaskContext,
  args: IptablesArgs,
  rule: readonly string[],
): Promise<Found> {
  const words = [programOf(args), args.table, args.chain ?? "", ...rule];
  const argv = ["/bin/sh", "-c", LOOK_SCRIPT, "sh", ...words];
  const { code, stdout, stderr } = await host.query({ argv }, { signal });
  if (code !== 0) throw new TaskFailure(stderr.trim());
  const lines = stdout.split("\n");
  return {
    rule: lines.includes("rule"),
    chain: lines.includes("chain"),
    policy: /^-P \S+ (\S+)/m.exec(stdout)?.[1],
  };
}

/** Commands that bring about what is asked; none when it is so. @throws TaskFailure */
function planCommands(
  args: IptablesArgs,
  rule: readonly string[],
  found: Found = { rule: false, chain: false, policy: undefined },
): string[][] {
  const { chain = "", policy, state, chain_management: manages } = args;
  const command = (...words: readonly string[]): string[] => [
    programOf(args),
    "-t",
    args.table,
    ...words,
  ];
  if (args.flush) return [command("-F", ...(chain === "" ? [] : [chain]))];
  if (policy !== undefined) {
    if (found.policy === undefined) throw new TaskFailure("Can't detect current policy");
    return found.policy === policy ? [] : [command("-P", chain, policy)];
  }
  if (state === "absent") {
    if (rule.length === 0) return found.chain && manages ? [command("-X", chain)] : [];
    return found.rule ? [command("-D", chain, ...rule)] : [];
  }
  const missing = !found.chain && manages ? [command("-N", chain)] : [];
  if (rule.length === 0 && manages) return missing;
  if (found.rule) return [];
  const place =
    args.action === "append"
      ? ["-A", chain]
      : ["-I", chain, ...(args.rule_num === undefined ? [] : [`${args.rule_num}`])];
  return [...missing, command(...place, ...rule)];
}

function programOf({ ip_version: version }: IptablesArgs): string {
  return version === "ipv6" ? "ip6tables" : "iptables";
}

/** The programs lie where a plain user's path does not lead. */
async function carryOut(context: TaskContext, commands: readonly string[][]): Promise<void> {
  await runAll(
    context,
    commands.map((it) => ["/bin/sh", "-c", `${PATH}; exec "$@"`, "sh", ...it]),
  );
}

function shown({ diff }: TaskContext, commands: readonly string[][]): Pick<TaskResult, "diff"> {
  return diff && commands.length > 0 ? { diff: commands.map((it) => it.join(" ")).join("\n") } : {};
}
