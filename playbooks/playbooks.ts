/**
 * The room's public file: check playbooks, digest them by host, run them over SSH.
 * Terraform and HTTP are unknown here.
 */
import type { Fault } from "../core/faults";
import { readPlaybooks, type ParsedPlaybooks } from "./model/parse-playbooks";
import type { LanguageRules } from "./model/parsing";
import type { CheckedPlaybooks } from "./model/play";
import type { PlaybookSource, TravellingFiles } from "./model/source";
import {
  readInventories,
  readInventory,
  type InventorySources,
  type ParsedInventory,
} from "./model/inventory";
import { digestAll, type DigestInput, type HostDigests } from "./runner/digest/digest-hosts";
import { explainAll, type HostReasons, type WantedSides } from "./runner/digest/explain-hosts";
import { readVariables, type VariableSources } from "./runner/digest/variables";
import { redactorOf, redactTexts } from "./runner/engine/redact-texts";
import { runChecked } from "./runner/engine/run-playbooks";
import type { Machinery, RunInput, RunOptions } from "./runner/engine/run";
import type { RunReport } from "./runner/events";
import { gatherFacts } from "./runner/facts/gather-facts";
import { MODULES } from "./runner/modules/registry";
import { type TemplateReach, templateRules } from "./runner/template/rules";
import { JumpHosts } from "./runner/transport/jump-hosts";
import { openHost } from "./runner/transport/open-host";
import { lookAtFiles as look } from "./runner/written/look-at-files";
import type { WrittenFiles } from "./runner/written/prints";
import type { Vault } from "./vault/vault";

export { completeInventory } from "./model/inventory";
export type { InventorySource, InventorySources, ParsedInventory } from "./model/inventory";
export type { Inventory, InventoryHost, UnknownHost } from "./model/inventory-host";
export type { ParsedPlaybooks } from "./model/parse-playbooks";
export type { CheckedPlaybooks } from "./model/play";
export type { PlaybookSource, TravellingFiles } from "./model/source";
export type { RunInput, RunOptions } from "./runner/engine/run";
export type { AskStep, StepAnswer } from "./runner/engine/stepper";
export type { DigestInput, HostDigests } from "./runner/digest/digest-hosts";
export type { HostReasons, Wanted, WantedSides } from "./runner/digest/explain-hosts";
export type { HostReport, OwedHandler, RunEvent, RunReport, TaskStatus } from "./runner/events";
export type { WrittenFiles } from "./runner/written/prints";
export { isVault } from "./vault/envelope";
export { Vault, type VaultPassword } from "./vault/vault";
export { scanHostKey } from "./runner/transport/scan-host-key";

const MACHINERY: Machinery = { modules: MODULES, openHost, gatherFacts };

/**
 * Checks playbooks with the files that travel with them. Whatever is wrong or not supported is told
 * at once, with its place; with faults, the playbooks must not be run.
 * @param vault - opens what ansible-vault encrypted. Without one it stays closed, as plans want it: digests are
 *   made of the encrypted texts, and playbooks with vaults must not be run
 * @param reach - what the run will give templates to read
 */
export function parsePlaybooks(
  sources: readonly PlaybookSource[],
  files: TravellingFiles,
  vault?: Vault,
  reach?: TemplateReach,
): ParsedPlaybooks {
  const rules: LanguageRules = {
    modules: MODULES,
    templates: templateRules(reach),
    readsKeys: reach?.environment === true,
  };
  const parsed = readPlaybooks(rules, sources, files, vault);
  return vault ? { ...parsed, faults: withoutSecrets(parsed.faults, vault) } : parsed;
}

/** A fault tells what was given, which may have been encrypted. */
function withoutSecrets(faults: readonly Fault[], { values }: Vault): readonly Fault[] {
  return redactTexts(faults, redactorOf(values));
}

/** Reads one inventory: YAML, JSON or INI. */
export function parseInventory(source: PlaybookSource): ParsedInventory {
  return readInventory(source);
}

/** Reads inventories, and the variables beside them, as one. */
export function parseInventories(sources: InventorySources): ParsedInventory {
  const parsed = readInventories(sources);
  const { vault } = sources;
  return vault ? { ...parsed, faults: withoutSecrets(parsed.faults, vault) } : parsed;
}

/**
 * Digests, for every host, all that decides what its plays do to it: a host whose digest is unchanged
 * needs no run. What is read of other hosts is told from the text: never too little, at times too much.
 * @returns "sha256:…" by host; undefined where a digest depends on a host that is not known yet
 */
export function digestHosts(playbooks: CheckedPlaybooks, input: DigestInput): HostDigests {
  return digestAll(playbooks, input, MODULES);
}

/**
 * Tells why digests of hosts differ: names of tasks, variables, files and other hosts; never a value.
 * @param names - the hosts to tell of
 * @param sides - what was wanted of all hosts, everything known, and what is
 */
export function explainHosts(names: readonly string[], sides: WantedSides): HostReasons {
  return explainAll(names, sides, MODULES);
}

/**
 * Names of the variables that playbooks may read, by themselves or through the values of other variables:
 * never too few, at times too many.
 */
export function variablesOf(
  playbooks: CheckedPlaybooks,
  sources: VariableSources,
): ReadonlySet<string> {
  return readVariables(playbooks, sources, MODULES);
}

/**
 * Runs checked playbooks. What happens on hosts is told by the report, never thrown.
 * @throws UserFault AS1412 for a limit that cannot be read
 */
export async function runPlaybooks(
  playbooks: CheckedPlaybooks,
  input: RunInput,
  options: RunOptions,
): Promise<RunReport> {
  return withMachinery(options, (machinery) =>
    runChecked(playbooks, input, { options, machinery }),
  );
}

/**
 * Looks whether the files that plays wrote are still as they left them, by one or two commands a host that only read.
 * @param written - what runs with `tellFiles` told of each host
 * @param input - the hosts; of plays and variables nothing is needed
 * @returns a report as of a refresh: `changes` holds a clause a file that differs
 */
export async function lookAtFiles(
  written: Readonly<Record<string, readonly WrittenFiles[]>>,
  input: RunInput,
  options: RunOptions,
): Promise<RunReport> {
  return withMachinery(options, (machinery) => look(written, input, { options, machinery }));
}

async function withMachinery<T>(
  options: RunOptions,
  work: (machinery: Machinery) => Promise<T>,
): Promise<T> {
  const jumps = new JumpHosts(options);
  const machinery: Machinery = {
    ...MACHINERY,
    openHost: (target, open) => openHost(target, { ...open, jumps }),
  };
  try {
    return await work(machinery);
  } finally {
    jumps.close();
  }
}
