/** Variables of `-e`, in all of Ansible's forms: `@file`, YAML or JSON in braces, and `name=value` pairs. */
import path from "node:path";
import { readText } from "../cluster/references";
import { fault, type Fault, throwIfAny } from "../core/faults";
import { isMapping } from "../core/mapping";
import { readKeyValues } from "../playbooks/model/key-values";
import { parseYaml } from "../playbooks/model/yaml-document";
import type { Vault } from "../playbooks/playbooks";

type Variables = Readonly<Record<string, unknown>>;

const NAME = /^[A-Za-z_]\w*$/;
const ALLOWED = "name=value, several of them, @file, or a mapping in braces";

/**
 * Reads them; later ones win.
 * @throws UserFault AS1005 for what is none, AS1001 and those of YAML and vaults for files
 */
export function readExtraVars(
  given: readonly string[],
  { folder, vault }: { readonly folder: string; readonly vault: Vault },
): Variables {
  const faults: Fault[] = [];
  const read = given.map((text): Variables => {
    const values = readOne(text, { folder, vault, faults });
    const wrong = Object.keys(values).find((it) => !NAME.test(it));
    if (wrong === undefined) return values;
    const allowed = "letters, digits and _ in names";
    faults.push(fault("AS1005", "--extra-var", { given: wrong, allowed }));
    return {};
  });
  throwIfAny(faults);
  return Object.assign({}, ...read) as Variables;
}

/**
 * `a=1 b='x y'`; where not all words are pairs, one variable whose value is all that follows.
 * @returns undefined for what is no variable
 */
export function readPairs(text: string): Variables | undefined {
  const { values, rest } = readKeyValues(text);
  if (rest === "" && Object.keys(values).length > 0) return values;
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  return name === undefined ? undefined : { [name]: value };
}

interface Reading {
  readonly folder: string;
  readonly vault: Vault;
  readonly faults: Fault[];
}

function readOne(text: string, reading: Reading): Variables {
  if (text.startsWith("@")) return readFile(text.slice(1), reading);
  if (/^\s*[[{]/.test(text)) return readMapping({ name: "--extra-var", content: text }, reading);
  const values = readPairs(text);
  if (values) return values;
  reading.faults.push(fault("AS1005", "--extra-var", { given: text, allowed: ALLOWED }));
  return {};
}

function readFile(file: string, reading: Reading): Variables {
  const text = readText(path.resolve(reading.folder, file), file);
  if (text.kind === "read") return readMapping({ name: file, content: text.value }, reading);
  reading.faults.push(fault("AS1001", "", text.parts));
  return {};
}

function readMapping(
  source: { name: string; content: string },
  { vault, faults }: Reading,
): Variables {
  const { data, faults: found } = parseYaml(source, vault);
  faults.push(...found);
  if (found.length > 0 || data === null) return {};
  if (isMapping(data)) return data;
  const position = { file: source.name, line: 1, column: 1 };
  faults.push(fault("AS1005", "", { allowed: "a mapping of variables", position }));
  return {};
}
