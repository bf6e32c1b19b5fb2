/** Checks of a playbook's config; unknown values pass. Pure, beside the engine's parsing. */
import { fault, type Fault } from "../../../core/faults";
import type { MaybeUnknown, Partially } from "../../framework/resource";
import { isUnknownInside, Unknown } from "../../framework/unknown";
import { toPlain } from "../../protocol/dynamic";
import { checkBastion } from "../bastion";
import { checkSources } from "./check-sources";
import type { PlaybookEngine } from "./engine";
import { toFiles, toSources, toVars } from "./inputs";
import {
  DRIFT,
  ON_FAILURE,
  RUNNERS,
  type HostModel,
  type PlaybookModel,
  type SourceModel,
} from "./model";

const HOST_NAME = /^[\w.-]+$/;
const RESERVED = ["all", "ungrouped"];
const PORTS = "1 to 65535";

/** All faults at once. */
export function checkConfig(engine: PlaybookEngine, config: Partially<PlaybookModel>): Fault[] {
  return [
    ...checkChoice("runner", config.runner, RUNNERS),
    ...checkChoice("drift", config.drift, DRIFT),
    ...checkChoice("on_failure", config.on_failure, ON_FAILURE),
    ...checkForks(config.forks),
    ...checkVars(config.vars),
    ...checkSecrets(config),
    ...checkHosts(config.hosts),
    ...checkBastion("bastion", config.bastion),
    ...parse(engine, "playbooks", config.playbooks, config),
    ...parse(engine, "destroy_playbooks", config.destroy_playbooks, config),
    ...checkDestroy(engine, config),
  ];
}

/** Destroy has the state alone, in which no secret is. */
function checkDestroy(engine: PlaybookEngine, config: Partially<PlaybookModel>): Fault[] {
  const { secret_vars: secrets, destroy_playbooks: given, hosts } = config;
  const [sources, files] = [toSources(given), toFiles(config.files)];
  if (!sources?.length || !files || secrets === null || secrets instanceof Unknown) return [];
  const { playbooks, faults } = engine.parsePlaybooks(sources, files);
  if (faults.length > 0) return [];
  const ofHosts = hosts instanceof Unknown ? [] : Object.values(hosts).map(varsOfHost);
  const definitions = [toVars(config.vars) ?? {}, ...ofHosts];
  const read = engine.variablesOf(playbooks, { definitions, files });
  const names = Object.keys(secrets).filter((it) => read.has(it));
  return names.map((name) => fault("AS1832", "destroy_playbooks", { given: name }));
}

function varsOfHost(host: MaybeUnknown<HostModel>): Readonly<Record<string, unknown>> {
  if (host instanceof Unknown || host.vars instanceof Unknown) return {};
  return host.vars ?? {};
}

function checkChoice(path: string, given: unknown, allowed: readonly string[]): Fault[] {
  const valid = typeof given !== "string" || allowed.includes(given);
  return valid ? [] : [fault("AS1820", path, { given, allowed })];
}

function checkForks(given: unknown): Fault[] {
  const valid = typeof given !== "number" || (Number.isInteger(given) && given >= 1);
  return valid ? [] : [fault("AS1821", "forks", { given, allowed: "whole numbers from 1" })];
}

function checkVars(vars: Partially<PlaybookModel>["vars"]): Fault[] {
  if (vars === null || vars instanceof Unknown) return [];
  const plain = toPlain(vars);
  const valid = plain === null || plain instanceof Unknown || isRecord(plain);
  return valid ? [] : [fault("AS1822", "vars", { allowed: "an object or a map" })];
}

/** Nothing else tells that a secret changed: it is stored nowhere. */
function checkSecrets(config: Partially<PlaybookModel>): Fault[] {
  const without = config.secret_vars !== null && config.secret_vars_version === null;
  return without ? [fault("AS1823", "secret_vars")] : [];
}

function checkHosts(hosts: Partially<PlaybookModel>["hosts"]): Fault[] {
  if (hosts instanceof Unknown) return [];
  const groups = new Set(Object.values(hosts).flatMap(groupsOf));
  return Object.entries(hosts).flatMap(([name, host]) => [
    ...checkName(name, groups),
    ...(host instanceof Unknown ? [] : checkPort(name, host)),
    ...(host instanceof Unknown
      ? []
      : checkBastion(`hosts[${JSON.stringify(name)}].bastion`, host.bastion)),
  ]);
}

/** A host is meant by its name alone, so that no group may have the same. */
function checkName(name: string, groups: ReadonlySet<string>): Fault[] {
  const valid = HOST_NAME.test(name) && !RESERVED.includes(name) && !groups.has(name);
  if (valid) return [];
  const allowed = "letters, digits, dots, hyphens and underscores, and no name of a group";
  return [fault("AS1831", `hosts[${JSON.stringify(name)}]`, { given: name, allowed })];
}

function groupsOf(host: MaybeUnknown<HostModel>): string[] {
  if (host instanceof Unknown || host.groups instanceof Unknown) return [];
  return (host.groups ?? []).filter((it) => typeof it === "string");
}

function checkPort(name: string, { port }: Exclude<MaybeUnknown<HostModel>, Unknown>): Fault[] {
  const given: unknown = port;
  const valid =
    typeof given !== "number" || (Number.isInteger(given) && 1 <= given && given <= 65_535);
  const path = `hosts[${JSON.stringify(name)}].port`;
  return valid ? [] : [fault("AS1821", path, { given, allowed: PORTS })];
}

function parse(
  engine: PlaybookEngine,
  attribute: string,
  given: MaybeUnknown<readonly SourceModel[]> | null,
  config: Partially<PlaybookModel>,
): Fault[] {
  if (given === null || isUnknownInside(given)) return [];
  const [sources, files] = [toSources(given), toFiles(config.files)];
  if (!sources || !files) return [];
  return checkSources(attribute, sources, engine.parsePlaybooks(sources, files).faults);
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
