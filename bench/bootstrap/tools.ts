/** What is compared: our command, and ansible-playbook as it comes and as its users tune it. Pure. */
import path from "node:path";
import type { Environment } from "../../core/folders";
import type { SshHosts } from "./ssh-hosts";

/** Their names. */
export const TOOL_NAMES = ["armstead", "ansible tuned", "ansible default"] as const;

/** One of them. */
export type ToolName = (typeof TOOL_NAMES)[number];

/** A command to run. */
export interface ToolCommand {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Environment;
}

/** What a command runs on. */
export interface ToolInput {
  /** The repository, built. */
  readonly root: string;
  /** Of the playbook, and for the tool's own files. */
  readonly folder: string;
  readonly hosts: SshHosts;
  readonly count: number;
  readonly environment: Environment;
}

/** More than this costs Ansible more memory and time than it gains, on a machine of any size. */
const MOST_FORKS = 100;

/** How a tool is called for it. */
export function toolCommand(name: ToolName, input: ToolInput): ToolCommand {
  const { root, hosts, environment, folder } = input;
  const own = { ...environment, HOME: folder, ARMSTEAD_LOG: "" };
  const playbook = path.join(folder, "site.yml");
  if (name === "armstead") {
    const start = `void require(${JSON.stringify(path.join(root, "dist", "cli", "main.js"))}).main()`;
    const words = ["-e", start, "--", "armstead", "play", playbook, "-i", hosts.inventory];
    const ways = ["--known-hosts", hosts.knownHosts, "--private-key", hosts.keyFile];
    return { program: process.execPath, words: [...words, ...ways], environment: own };
  }
  const tuned = name === "ansible tuned" ? tunedSettings(input.count) : {};
  const settings = {
    ANSIBLE_CONFIG: path.join(folder, "ansible.cfg"),
    ANSIBLE_SSH_COMMON_ARGS: `-o UserKnownHostsFile=${hosts.knownHosts}`,
    ANSIBLE_SSH_CONTROL_PATH_DIR: path.join(folder, "cp"),
    ANSIBLE_LOCAL_TEMP: path.join(folder, "tmp"),
    ANSIBLE_NOCOLOR: "1",
    LC_ALL: "C.UTF-8",
  };
  return {
    program: "ansible-playbook",
    words: ["-i", hosts.inventory, playbook],
    environment: { ...own, ...settings, ...tuned },
  };
}

/** What guides to faster Ansible agree on, and keep one's plays as they are. */
function tunedSettings(hosts: number): Readonly<Record<string, string>> {
  return {
    ANSIBLE_FORKS: String(Math.min(hosts, MOST_FORKS)),
    ANSIBLE_PIPELINING: "1",
    ANSIBLE_SSH_ARGS:
      "-o ControlMaster=auto -o ControlPersist=30m -o PreferredAuthentications=publickey",
    // Looking for a Python on each host is one round trip less.
    ANSIBLE_PYTHON_INTERPRETER: "/usr/bin/python3",
  };
}

/** Changed tasks of each host that came to its end in order, from what a tool prints last. */
export function changedByHost(name: ToolName, output: string): number[] {
  const row =
    name === "armstead"
      ? /^node-\d+ +ok +\d+ +(\d+) /gm
      : /^node-\d+ +: ok=\d+ +changed=(\d+) +unreachable=0 +failed=0 /gm;
  return [...output.matchAll(row)].map(([, count]) => Number(count));
}
