/** How ansible-playbook is called: its words, and the settings that it finds in its environment. Pure. */
import type { Environment } from "../../core/folders";
import type { InventoryHost } from "../model/inventory-host";
import type { RunInput, RunOptions } from "../runner/engine/run";
import { PLUGIN } from "./callback";
import { NO_PROMPTS } from "./inventory";
import type { Project } from "./project";

/** A project with the files of its vaults' passwords, as `LABEL@FILE`. */
export interface RunProject extends Project {
  readonly vaultIds: readonly string[];
}

/** Nothing secret is here: everybody on this machine can read it. */
export function argumentsOf(
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

/** What settings are made of. */
export interface Invocation {
  readonly input: RunInput;
  readonly options: RunOptions;
  /** The user's. */
  readonly environment: Environment;
}

/** Variables of the environment. The user's own settings hold as far as they do not contradict. */
export function settingsOf(
  project: Project,
  { input, options, environment }: Invocation,
): Environment {
  const { ANSIBLE_CALLBACK_PLUGINS: others, ANSIBLE_PIPELINING = "True" } = environment;
  return {
    ANSIBLE_STDOUT_CALLBACK: PLUGIN,
    ANSIBLE_CALLBACK_PLUGINS: [project.plugins, ...(others ? [others] : [])].join(":"),
    ANSIBLE_LOCAL_TEMP: project.temporary,
    ANSIBLE_RETRY_FILES_ENABLED: "False",
    ANSIBLE_NOCOLOR: "True",
    ANSIBLE_PIPELINING,
    ...sshSettings(project, options, Object.values(input.inventory)),
    ...localeSettings(environment),
  };
}

function sshSettings(
  { knownHosts, key, sockets, askPassphrase }: Project,
  { connectTimeout, agent }: RunOptions,
  [someHost]: readonly InventoryHost[],
): Environment {
  const words = [
    "-o ControlMaster=auto",
    "-o ControlPersist=30s",
    "-o StrictHostKeyChecking=yes",
    `-o UserKnownHostsFile=${knownHosts}`,
    "-o GlobalKnownHostsFile=/dev/null",
    NO_PROMPTS,
    ...(key === undefined ? [] : ["-o IdentitiesOnly=yes", "-o IdentityAgent=none"]),
  ];
  return {
    ANSIBLE_HOST_KEY_CHECKING: "True",
    ANSIBLE_SSH_ARGS: words.join(" "),
    ANSIBLE_SSH_CONTROL_PATH_DIR: sockets,
    ANSIBLE_REMOTE_USER: someHost?.user ?? "root",
    ANSIBLE_TIMEOUT: String(Math.max(1, Math.ceil(connectTimeout / 1000))),
    ...(key === undefined ? {} : { ANSIBLE_PRIVATE_KEY_FILE: key }),
    ...(agent === undefined ? {} : { SSH_AUTH_SOCK: agent }),
    ...(askPassphrase === undefined
      ? {}
      : { SSH_ASKPASS: askPassphrase, SSH_ASKPASS_REQUIRE: "force" }),
  };
}

/** Ansible refuses to start in any that is not UTF-8. */
function localeSettings({ LC_ALL, LANG }: Environment): Environment {
  return /utf-?8/i.test(LC_ALL ?? LANG ?? "") ? {} : { LC_ALL: "C.UTF-8" };
}
