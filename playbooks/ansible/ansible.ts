/**
 * `runner: ansible`: the same four things as our own runner does, by a real ansible-playbook. Its language is
 * Ansible's whole one: of playbooks only the YAML is checked here.
 */
import { createHash } from "node:crypto";
import { LineCounter, parseDocument } from "yaml";
import { Bug, fault, type Fault } from "../../core/faults";
import type { Environment } from "../../core/folders";
import { canonical } from "../model/canonical";
import { dataText } from "../model/data-text";
import type { ParsedPlaybooks } from "../model/parse-playbooks";
import type { CheckedPlaybooks } from "../model/play";
import type { PlaybookSource, TravellingFiles } from "../model/source";
import { YAML_OPTIONS } from "../model/yaml-options";
import type { DigestInput, HostDigests } from "../runner/digest/digest-hosts";
import { differences, type HostReasons, type WantedSides } from "../runner/digest/explain-hosts";
import { add, addVariables, type Parts } from "../runner/digest/parts-of-play";
import type { VariableSources } from "../runner/digest/variables";
import type { RunInput, RunOptions } from "../runner/engine/run";
import type { RunReport } from "../runner/events";
import * as own from "../playbooks";
import type { Vault, VaultPassword } from "../vault/vault";
import { runAnsible } from "./run-ansible";

/** Checked playbooks with their text; `plays` are those of our own parser, where it understands all of them. */
interface AnsiblePlaybooks extends CheckedPlaybooks {
  readonly sources: readonly PlaybookSource[];
  readonly files: TravellingFiles;
  readonly isUnderstood: boolean;
  readonly vaultPasswords: readonly VaultPassword[];
}

/** The same calls as `playbooks.ts` has. */
export type PlaybookRunner = Pick<
  typeof own,
  "parsePlaybooks" | "digestHosts" | "explainHosts" | "runPlaybooks" | "lookAtFiles" | "variablesOf"
>;

/**
 * Makes the runner.
 * @param environment - of ansible-playbook: its settings (ANSIBLE_…) and PATH
 */
export function ansibleRunner(environment: Environment): PlaybookRunner {
  return {
    parsePlaybooks: parse,
    digestHosts: digest,
    explainHosts: explain,
    variablesOf: variables,
    lookAtFiles: own.lookAtFiles,
    runPlaybooks: (playbooks, input: RunInput, options: RunOptions): Promise<RunReport> =>
      runAnsible(textsOf(playbooks), input, options, environment),
  };
}

function parse(
  sources: readonly PlaybookSource[],
  files: TravellingFiles,
  vault?: Vault,
  reach?: Parameters<typeof own.parsePlaybooks>[3],
): ParsedPlaybooks {
  const faults = sources.flatMap(checkYaml);
  const { playbooks, faults: refused } = own.parsePlaybooks(sources, files, undefined, reach);
  const isUnderstood = refused.length === 0;
  const vaultPasswords = vault?.passwords ?? [];
  const checked: AnsiblePlaybooks = { ...playbooks, sources, files, isUnderstood, vaultPasswords };
  return { playbooks: checked, faults };
}

/** Tags such as `!vault` are Ansible's, and keys that come twice are no error there. */
function checkYaml({ name, content }: PlaybookSource): Fault[] {
  const lineCounter = new LineCounter();
  const { errors } = parseDocument(content, { ...YAML_OPTIONS, uniqueKeys: false, lineCounter });
  return errors.map(({ message, pos: [offset] }) => {
    const { line, col } = lineCounter.linePos(offset);
    const [first = ""] = message.split("\n");
    const problem = `not valid YAML: ${first.replace(/ at line \d+, column \d+:?$/, "")}`;
    return fault("AS1401", "", { problem, position: { file: name, line, column: col } });
  });
}

/**
 * Plays that our own parser understands are digested host by host. Of others it is not known what they read:
 * whatever changes, every host runs.
 */
function digest(playbooks: CheckedPlaybooks, input: DigestInput): HostDigests {
  const { isUnderstood, sources } = textsOf(playbooks);
  if (isUnderstood) return own.digestHosts(playbooks, input);
  const names = Object.keys(input.inventory);
  const open = Object.values(input.inventory).some((it) => "unknown" in it);
  const inventory = Object.fromEntries(
    Object.entries(input.inventory).map(([name, it]) => [name, { ...it, hostKeys: [] }]),
  );
  const whole = canonical({ sources, inventory, vars: input.vars, files: [...input.files].sort() });
  const sum = createHash("sha256").update(whole).digest("hex");
  return Object.fromEntries(names.map((name) => [name, open ? undefined : `sha256:${sum}`]));
}

/** Of plays that are not understood, each playbook and file is one part; every host reads all of them. */
function explain(names: readonly string[], { before, after }: WantedSides): HostReasons {
  const [was, is] = [textsOf(before.playbooks), textsOf(after.playbooks)];
  if (was.isUnderstood && is.isUnderstood) return own.explainHosts(names, { before, after });
  const reasons = differences(wholeParts(was, before.input), wholeParts(is, after.input));
  return Object.fromEntries(names.map((name) => [name, reasons]));
}

function wholeParts({ sources, files }: AnsiblePlaybooks, { vars, inventory }: DigestInput): Parts {
  const parts: Parts = new Map();
  for (const { name, content } of sources) add(parts, `playbook ${name}`, content);
  for (const [name, content] of files) add(parts, `file ${name}`, content);
  addVariables(parts, vars, "of all hosts");
  for (const [name, it] of Object.entries(inventory)) {
    add(parts, `host "${name}"`, { ...it, hostKeys: [] });
  }
  return parts;
}

/** Every word of texts that are not understood may be a variable. */
function variables(playbooks: CheckedPlaybooks, given: VariableSources): ReadonlySet<string> {
  const { isUnderstood, sources, files } = textsOf(playbooks);
  if (isUnderstood) return own.variablesOf(playbooks, given);
  const texts = [
    ...sources.map(({ content }) => content),
    ...files.values(),
    dataText(given.definitions),
  ];
  return new Set(texts.flatMap((it) => it.match(/[A-Za-z_]\w*/g) ?? []));
}

function textsOf(playbooks: CheckedPlaybooks): AnsiblePlaybooks {
  if (!("sources" in playbooks)) throw new Bug("playbooks of another runner");
  return playbooks as AnsiblePlaybooks;
}
