/**
 * The room's public file: check playbooks, digest them by host, run them over SSH.
 * Terraform and HTTP are unknown here.
 */
import { readPlaybooks, type ParsedPlaybooks } from "./model/parse-playbooks";
import type { LanguageRules } from "./model/parsing";
import type { CheckedPlaybooks } from "./model/play";
import type { PlaybookSource, TravellingFiles } from "./model/source";
import { runChecked } from "./runner/engine/run-playbooks";
import type { Machinery, RunInput, RunOptions } from "./runner/engine/run";
import type { RunReport } from "./runner/events";
import { gatherFacts } from "./runner/facts/gather-facts";
import { MODULES } from "./runner/modules/registry";
import { templateRules } from "./runner/template/rules";
import { openHost } from "./runner/transport/open-host";

export type { Inventory, InventoryHost, UnknownHost } from "./model/inventory-host";
export type { ParsedPlaybooks } from "./model/parse-playbooks";
export type { CheckedPlaybooks } from "./model/play";
export type { PlaybookSource, TravellingFiles } from "./model/source";
export type { RunInput, RunOptions } from "./runner/engine/run";
export type { HostReport, RunEvent, RunReport, TaskStatus } from "./runner/events";
export { scanHostKey } from "./runner/transport/scan-host-key";

const MACHINERY: Machinery = { modules: MODULES, openHost, gatherFacts };

/**
 * Checks playbooks with the files that travel with them. Whatever is wrong or not supported is told
 * at once, with its place; with faults, the playbooks must not be run.
 */
export function parsePlaybooks(
  sources: readonly PlaybookSource[],
  files: TravellingFiles,
): ParsedPlaybooks {
  const rules: LanguageRules = { modules: MODULES, templates: templateRules() };
  return readPlaybooks(rules, sources, files);
}

/**
 * Runs checked playbooks. What happens on hosts is told by the report, never thrown.
 * @throws UserFault AS1412 for a limit that cannot be read
 */
export function runPlaybooks(
  playbooks: CheckedPlaybooks,
  input: RunInput,
  options: RunOptions,
): Promise<RunReport> {
  return runChecked(playbooks, input, { options, machinery: MACHINERY });
}
