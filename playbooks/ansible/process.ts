/** Runs ansible-playbook in a process group of its own, and reads what the plugin tells. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { OuterFault } from "../../core/faults";
import type { Environment } from "../../core/folders";
import { onAbort } from "../../core/on-abort";
import type { RunInput, RunOptions } from "../runner/engine/run";
import { EVENTS_DESCRIPTOR, PLUGIN, type AnsibleEvent } from "./callback";
import { NO_PROMPTS } from "./inventory";
import type { Project } from "./project";

/** How it ended. */
export interface AnsibleEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** The last that it printed. */
  readonly printed: string;
}

/** A project with the files of its vaults' passwords, as `LABEL@FILE`. */
export interface RunProject extends Project {
  readonly vaultIds: readonly string[];
}

const COMMAND = "ansible-playbook";
const GRACE_MILLISECONDS = 3000;
const LAST_CHARACTERS = 8000;

/**
 * Runs it to its end, or until the signal comes; where that has come already, nothing is started.
 * @throws OuterFault AS2390 when the command is not on PATH
 */
export async function runProcess(
  project: RunProject,
  { input, options }: { readonly input: RunInput; readonly options: RunOptions },
  {
    environment,
    onEvent,
  }: {
    readonly environment: Environment;
    readonly onEvent: (event: AnsibleEvent) => void;
  },
): Promise<AnsibleEnd> {
  if (options.signal.aborted) return { code: null, printed: "" };
  const child = spawn(COMMAND, argumentsOf(project, input), {
    cwd: project.folder,
    env: { ...environment, ...settingsOf(project, { input, options, environment }) },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      printed = (printed + chunk.toString("utf8")).slice(-LAST_CHARACTERS);
    });
  }
  const events = readEvents(child.stdio[EVENTS_DESCRIPTOR] as Readable, onEvent);
  // What it throws is thrown below. Nobody reads on, so that the process would wait for ever.
  events.catch(() => {
    killGroup(child.pid, "SIGKILL");
  });
  let late: NodeJS.Timeout | undefined;
  const stopListening = onAbort(options.signal, () => {
    killGroup(child.pid, "SIGTERM");
    late = setTimeout(() => {
      killGroup(child.pid, "SIGKILL");
    }, GRACE_MILLISECONDS);
  });
  try {
    const code = await endOf(child);
    // What is left of its group would hold the pipe, and go on with the host.
    killGroup(child.pid, "SIGKILL");
    await events;
    return { code, printed };
  } finally {
    stopListening();
    clearTimeout(late);
    closeConnections(project);
  }
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "ENOENT" ? "it is not on PATH" : error.message;
      reject(new OuterFault("AS2390", { problem: `${COMMAND} cannot be started: ${why}` }));
    });
    child.once("exit", resolve);
  });
}

/** Nothing secret is here: everybody on this machine can read it. */
function argumentsOf(
  { main, inventory, variables, vaultIds }: RunProject,
  input: RunInput,
): string[] {
  const { mode, diff, forks, limit, become, tags = [], skipTags = [] } = input;
  const { startAtTask, forceHandlers } = input;
  return [
    main,
    `--inventory=${inventory}`,
    ...variables.map((it) => `--extra-vars=@${it}`),
    ...vaultIds.map((it) => `--vault-id=${it}`),
    `--forks=${forks}`,
    ...(mode === "apply" ? [] : ["--check"]),
    ...(diff === true ? ["--diff"] : []),
    ...(limit === undefined ? [] : [`--limit=${limit}`]),
    ...(become === undefined ? [] : ["--become"]),
    ...(become?.user === undefined ? [] : [`--become-user=${become.user}`]),
    ...(tags.length === 0 ? [] : [`--tags=${tags.join(",")}`]),
    ...(skipTags.length === 0 ? [] : [`--skip-tags=${skipTags.join(",")}`]),
    ...(startAtTask === undefined ? [] : [`--start-at-task=${startAtTask}`]),
    ...(forceHandlers === true ? ["--force-handlers"] : []),
  ];
}

/** The user's own settings hold as far as they do not contradict. */
function settingsOf(
  project: Project,
  {
    input,
    options,
    environment,
  }: {
    readonly input: RunInput;
    readonly options: RunOptions;
    readonly environment: Environment;
  },
): Environment {
  const {
    ANSIBLE_CALLBACK_PLUGINS: others,
    ANSIBLE_PIPELINING = "True",
    LC_ALL,
    LANG,
  } = environment;
  const [someHost] = Object.values(input.inventory);
  const ssh = [
    "-o ControlMaster=auto",
    "-o ControlPersist=30s",
    "-o StrictHostKeyChecking=yes",
    `-o UserKnownHostsFile=${project.knownHosts}`,
    "-o GlobalKnownHostsFile=/dev/null",
    NO_PROMPTS,
    ...(project.key === undefined ? [] : ["-o IdentitiesOnly=yes", "-o IdentityAgent=none"]),
  ];
  return {
    ANSIBLE_STDOUT_CALLBACK: PLUGIN,
    ANSIBLE_CALLBACK_PLUGINS: [project.plugins, ...(others ? [others] : [])].join(":"),
    ANSIBLE_HOST_KEY_CHECKING: "True",
    ANSIBLE_SSH_ARGS: ssh.join(" "),
    ANSIBLE_SSH_CONTROL_PATH_DIR: project.sockets,
    ANSIBLE_LOCAL_TEMP: project.temporary,
    ANSIBLE_RETRY_FILES_ENABLED: "False",
    ANSIBLE_NOCOLOR: "True",
    ANSIBLE_PIPELINING,
    ANSIBLE_REMOTE_USER: someHost?.user ?? "root",
    ANSIBLE_TIMEOUT: String(Math.max(1, Math.ceil(options.connectTimeout / 1000))),
    ...(project.key === undefined ? {} : { ANSIBLE_PRIVATE_KEY_FILE: project.key }),
    ...(options.agent === undefined ? {} : { SSH_AUTH_SOCK: options.agent }),
    ...(project.askPassphrase === undefined
      ? {}
      : { SSH_ASKPASS: project.askPassphrase, SSH_ASKPASS_REQUIRE: "force" }),
    // Ansible refuses to start in any other.
    ...(/utf-?8/i.test(LC_ALL ?? LANG ?? "") ? {} : { LC_ALL: "C.UTF-8" }),
  };
}

async function readEvents(stream: Readable, onEvent: (event: AnsibleEvent) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    const event = tryParse(line);
    if (event) onEvent(event);
  }
}

/** Undefined for a line that was cut off when the process was killed. */
function tryParse(line: string): AnsibleEvent | undefined {
  try {
    return JSON.parse(line) as AnsibleEvent;
  } catch {
    return undefined;
  }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left of it.
  }
}

/** Shared connections outlive ansible-playbook, in sessions of their own. */
function closeConnections({ sockets }: Project): void {
  for (const name of readdirSync(sockets).filter((it) => it !== ".keep")) {
    const socket = path.join(sockets, name);
    spawnSync("ssh", ["-O", "exit", "-S", socket, "host"], { stdio: "ignore", timeout: 2000 });
  }
}
