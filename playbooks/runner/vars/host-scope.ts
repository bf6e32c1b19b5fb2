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
import { playVariables } from "./play-variables";
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

/** What a task says of what it sees. */
type Saying = Pick<Directives, "vars" | "role">;

/** What a task sees on a host. */
export function taskScope(playRun: PlayRun, host: HostRun, saying: Saying): Scope {
  const { top, bottom, defaults, roles, ofPlay, surroundings } = partsOf(playRun, host, saying);
  return new Scope({
    ...surroundings,
    layers: [
      ...top,
      ...host.includes,
      ...layers(saying.role?.params ?? []),
      resultsOf(host),
      template(host.includedVars),
      ...layers(saying.vars),
      ...roles.flatMap((it) => layers(it.vars)),
      ...layers(ofPlay.vars),
      ...bottom,
      ...defaults,
      standard(host),
    ],
  });
}

/** Why an entry of the play's `vars_files` has no file for a host. */
export function variablesProblem(playRun: PlayRun, host: HostRun): string | undefined {
  return partsOf(playRun, host, playRun.play.directives).ofPlay.problem;
}

function partsOf(playRun: PlayRun, host: HostRun, { role }: Saying) {
  const { run, play } = playRun;
  const roles = [...play.roles, ...host.publicRoles, ...(role ? [role] : [])].reverse();
  const [top, bottom] = hostLayers(run, host);
  const defaults = roles.flatMap((it) => layers(it.defaults));
  const surroundings = {
    templar: run.templar,
    magic: taskMagic(playRun, host, role),
    hosts: hostScopes(run),
    from: role ? posix.join(role.path, "tasks/main.yml") : play.at.file,
  };
  const ofPlay = playVariables(play, {
    templar: run.templar,
    files: run.input.files,
    hasFacts: host.facts !== undefined,
    scopeWith: (known) =>
      new Scope({
        ...surroundings,
        layers: [...top, ...layers(known), ...bottom, ...defaults, standard(host)],
      }),
  });
  return { top, bottom, defaults, roles, ofPlay, surroundings };
}

function layers(values: readonly Variables[]): Layer[] {
  return [...values].reverse().map(template);
}

function taskMagic(
  { run, play, hosts, batch }: PlayRun,
  host: HostRun,
  role: RoleUse | undefined,
): ReadonlyMap<string, () => unknown> {
  const listed = inventoryOrder(run, play, hosts);
  const covered = (): string[] =>
    listed()
      .filter((it) => it.failure === undefined)
      .map(nameOf);
  const names = (): string[] => [...new Set(play.roles.map((it) => it.name))];
  const needed = (): string[] => [...new Set(play.roles.flatMap((it) => it.needs))];
  return new Map<string, () => unknown>([
    ...hostMagic(run, host),
    ["play_hosts", covered],
    ["ansible_play_hosts", covered],
    ["ansible_play_hosts_all", () => listed().map(nameOf)],
    ["ansible_play_batch", () => batch.filter((it) => it.failure === undefined).map(nameOf)],
    ["ansible_play_name", () => play.name],
    ["playbook_dir", () => posix.dirname(play.at.file)],
    ["role_names", names],
    ["ansible_role_names", names],
    ["ansible_dependent_role_names", needed],
    ["ansible_play_role_names", () => names().filter((it) => !needed().includes(it))],
    ["ansible_search_path", () => searchPath(role, play.at.file)],
    ["omit", () => OMIT],
    ...(role ? roleMagic(role) : []),
  ]);
}

/** Hosts may run in another order; they are listed in that of the inventory all the same. */
function inventoryOrder(
  { hosts: all }: Run,
  { order }: PlayRun["play"],
  hosts: readonly HostRun[],
): () => readonly HostRun[] {
  return () => {
    if (order === "inventory") return hosts;
    const meant = new Set(hosts);
    return all.values().filter((it) => meant.has(it));
  };
}

/** Folders below which files are looked for, among those that travel. */
function searchPath(role: RoleUse | undefined, playbook: string): string[] {
  const folder = posix.dirname(playbook);
  return role ? [role.path, posix.join(role.path, "tasks"), folder] : [folder];
}

function roleMagic({
  name,
  path,
  parents,
  parentPaths,
  included,
}: RoleUse): [string, () => unknown][] {
  return [
    ["role_name", () => name],
    ["ansible_role_name", () => name],
    ["role_path", () => path],
    ...(included && parents.length > 0
      ? ([
          ["ansible_parent_role_names", () => parents],
          ["ansible_parent_role_paths", () => parentPaths],
        ] as [string, () => unknown][])
      : []),
  ];
}

/** What other hosts see of a host: all but what its play and tasks define. */
function hostScopes(run: Run): HostScopes {
  const scopes = new Map<string, Scope>();
  const hosts: HostScopes = {
    names: () => [...run.hosts.names()],
    scopeOf: (name) => {
      const host = run.hosts.get(name) ?? run.locals.get(name);
      const known = scopes.get(name);
      if (known !== undefined || host === undefined) return known;
      const [top, bottom] = hostLayers(run, host);
      const layers = [
        ...top,
        resultsOf(host),
        template(host.includedVars),
        ...bottom,
        standard(host),
      ];
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
    // No ansible.cfg is read.
    ["ansible_config_file", () => null],
    ...(run.input.limit === undefined
      ? []
      : [["ansible_limit", () => run.input.limit] as [string, () => unknown]]),
    ...(run.input.inventorySources === undefined
      ? []
      : [
          ["ansible_inventory_sources", () => run.input.inventorySources] as [
            string,
            () => unknown,
          ],
        ]),
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
  return [
    [{ ...data(run.secrets), withheld: new Set(run.input.withheld) }, template(run.extraVars)],
    [data(factsOf(host)), { ...template(host.entry.vars), isInventory: true }],
  ];
}

/** What holds where nobody says anything: below the defaults of roles. */
function standard({ entry: { address, port = SSH_PORT, user } }: HostRun): Layer {
  const connection = { ansible_host: address, ansible_port: port, ansible_user: user };
  return { ...data({ ...connection, ansible_managed: "Ansible managed" }), isInventory: true };
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
