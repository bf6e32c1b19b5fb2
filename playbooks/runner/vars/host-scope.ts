/**
 * Puts a host's variables in Ansible's order of precedence: loop variables, extra vars, variables of
 * includes, parameters of roles, set_fact and register, include_vars, task and block vars, vars of roles, play
 * vars, facts, inventory, defaults of roles.
 */
import { posix } from "node:path";
import { isMapping } from "../../../core/mapping";
import { SSH_PORT } from "../../model/inventory-host";
import type { Directives, RoleUse, Variables } from "../../model/play";
import type { HostRun } from "../engine/host-run";
import type { PlayRun, Run } from "../engine/run";
import { Scope, type HostScopes, type Layer } from "./scope";

/** The version of the language, for playbooks that ask. */
const LANGUAGE_VERSION = {
  full: "2.14.0",
  major: 2,
  minor: 14,
  revision: 0,
  string: "2.14.0",
};

/** Dropped from arguments: what `omit` stands for. A template cannot come upon it by chance. */
export const OMIT = "\ue000__omit__\ue000";

/** What a task sees on a host. */
export function taskScope(
  playRun: PlayRun,
  host: HostRun,
  { vars, role }: Pick<Directives, "vars" | "role">,
): Scope {
  const { run, play } = playRun;
  const roles = [...play.roles, ...host.publicRoles, ...(role ? [role] : [])].reverse();
  const layers = (values: readonly Variables[]): Layer[] => [...values].reverse().map(template);
  const [top, bottom] = hostLayers(run, host);
  return new Scope({
    templar: run.templar,
    layers: [
      ...top,
      ...host.includes,
      ...layers(role?.params ?? []),
      resultsOf(host),
      template(host.includedVars),
      ...layers(vars),
      ...roles.flatMap((it) => layers(it.vars)),
      ...layers(play.vars),
      ...bottom,
      ...roles.flatMap((it) => layers(it.defaults)),
    ],
    magic: taskMagic(playRun, host, role),
    hosts: hostScopes(run),
    from: role ? posix.join(role.path, "tasks/main.yml") : play.at.file,
  });
}

function taskMagic(
  { run, play, hosts, batch }: PlayRun,
  host: HostRun,
  role: RoleUse | undefined,
): ReadonlyMap<string, () => unknown> {
  const covered = (): string[] => hosts.filter((it) => it.failure === undefined).map(nameOf);
  const names = (): string[] => [...new Set(play.roles.map((it) => it.name))];
  const needed = (): string[] => [...new Set(play.roles.flatMap((it) => it.needs))];
  return new Map<string, () => unknown>([
    ...hostMagic(run, host),
    ["play_hosts", covered],
    ["ansible_play_hosts", covered],
    ["ansible_play_hosts_all", () => hosts.map(nameOf)],
    ["ansible_play_batch", () => batch.filter((it) => it.failure === undefined).map(nameOf)],
    ["ansible_play_name", () => play.name],
    ["playbook_dir", () => posix.dirname(play.at.file)],
    ["role_names", names],
    ["ansible_role_names", names],
    ["ansible_dependent_role_names", needed],
    ["ansible_play_role_names", () => names().filter((it) => !needed().includes(it))],
    ["omit", () => OMIT],
    ...(role ? roleMagic(role) : []),
  ]);
}

function roleMagic({ name, path, parents, included }: RoleUse): [string, () => unknown][] {
  return [
    ["role_name", () => name],
    ["ansible_role_name", () => name],
    ["role_path", () => path],
    ...(included && parents.length > 0
      ? [["ansible_parent_role_names", () => parents] as [string, () => unknown]]
      : []),
  ];
}

/** What other hosts see of a host: all but what its play and tasks define. */
function hostScopes(run: Run): HostScopes {
  const scopes = new Map<string, Scope>();
  const hosts: HostScopes = {
    names: () => [...run.hosts.names()],
    scopeOf: (name) => {
      const host = run.hosts.get(name);
      const known = scopes.get(name);
      if (known !== undefined || host === undefined) return known;
      const [top, bottom] = hostLayers(run, host);
      const layers = [...top, resultsOf(host), template(host.includedVars), ...bottom];
      const scope = new Scope({ templar: run.templar, layers, magic: hostMagic(run, host), hosts });
      scopes.set(name, scope);
      return scope;
    },
  };
  return hosts;
}

function hostMagic(run: Run, { name, entry }: HostRun): ReadonlyMap<string, () => unknown> {
  const [short = name] = name.split(".");
  return new Map<string, () => unknown>([
    ["inventory_hostname", () => name],
    ["inventory_hostname_short", () => short],
    ["group_names", () => groupNames(entry.groups)],
    ["ansible_check_mode", () => run.input.mode !== "apply"],
    ["ansible_diff_mode", () => run.input.diff === true],
    ["ansible_forks", () => run.input.forks],
    ["ansible_verbosity", () => 0],
    ...(run.input.limit === undefined
      ? []
      : [["ansible_limit", () => run.input.limit] as [string, () => unknown]]),
    ["ansible_run_tags", () => run.input.tags ?? ["all"]],
    ["ansible_skip_tags", () => run.input.skipTags ?? []],
    ["ansible_version", () => LANGUAGE_VERSION],
    ["groups", () => run.hosts.groups],
  ]);
}

function groupNames(groups: readonly string[]): string[] {
  const own = groups.filter((it) => it !== "all").sort();
  return own.length > 0 ? own : ["ungrouped"];
}

/** The highest and the lowest layers. */
function hostLayers(run: Run, host: HostRun): [Layer[], Layer[]] {
  const { address, port = SSH_PORT, user, vars } = host.entry;
  const connection = { ansible_host: address, ansible_port: port, ansible_user: user };
  return [
    [{ ...data(run.secrets), withheld: new Set(run.input.withheld) }, template(run.extraVars)],
    [
      data(factsOf(host)),
      template(vars),
      data({ ...connection, ansible_managed: "Ansible managed" }),
    ],
  ];
}

/** What was gathered and what modules found: each a variable, and together `ansible_facts`. */
function factsOf({ facts = {}, found }: HostRun): Variables {
  if (Object.keys(found).length === 0) return facts;
  const bare = Object.entries(found).map(([name, it]) => [name.replace(/^ansible_/, ""), it]);
  const gathered = isMapping(facts.ansible_facts) ? facts.ansible_facts : {};
  const members = { ...gathered, ...(Object.fromEntries(bare) as Variables) };
  return { ...facts, ...found, ansible_facts: members };
}

function resultsOf({ results, withheld }: HostRun): Layer {
  return { ...data(results), withheld };
}

function nameOf({ name }: HostRun): string {
  return name;
}

function template(values: Variables): Layer {
  return { values, templated: true };
}

/** A layer of values that are never templated. */
export function data(values: Variables): Layer {
  return { values, templated: false };
}
