/**
 * Checks variables against the specification of a role's arguments: types, choices, what is required, elements and
 * options below options. Messages are Ansible's. Source: ansible-core's arg_spec.py and parameters.py. Pure.
 */
import { isMapping } from "../../../../core/mapping";
import { pythonEqual, pythonRepr, pythonStr, pythonType } from "../../template/python";
import { isFloat, isInteger } from "../../template/numbers";

type Mapping = Readonly<Record<string, unknown>>;

/** What is wrong, in Ansible's order. */
interface Findings {
  readonly errors: string[];
  readonly unsupported: string[];
  supported: string;
}

/** @returns nothing when the arguments fit */
export function checkArguments(spec: Mapping, given: Mapping): string[] {
  const findings: Findings = { errors: [], unsupported: [], supported: "" };
  checkLevel(spec, given, { findings, within: [] });
  const { errors, unsupported, supported } = findings;
  if (unsupported.length === 0) return errors;
  const names = [...unsupported].sort().join(", ");
  return [...errors, `${names}. Supported parameters include: ${supported}.`];
}

interface Level {
  readonly findings: Findings;
  /** The options around, the outermost first. */
  readonly within: readonly string[];
}

function checkLevel(spec: Mapping, given: Mapping, { findings, within }: Level): void {
  const { errors } = findings;
  const options = Object.entries(spec).map(
    ([name, it]) => [name, isMapping(it) ? it : {}] as const,
  );
  // Ansible looks for secrets below first, and tells what it cannot read there by itself.
  const unread = options.find(
    ([name, it]) =>
      isMapping(it.options) && typeof given[name] === "string" && "problem" in dictOf(given[name]),
  );
  if (unread) errors.push(NO_DICT);
  const values = withDefaults(options, given);
  const legal = new Set(options.flatMap(([name, it]) => [name, ...aliasesOf(it)]));
  const others = Object.keys(given).filter((it) => !legal.has(it));
  if (others.length > 0) findings.supported = supportedOf(options);
  findings.unsupported.push(...others.map((it) => [...within, it].join(".")));
  const place = within.length === 0 ? "" : ` found in ${within.join(" -> ")}`;
  const missing = options.filter(([name, it]) => it.required === true && !values.has(name));
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).sort();
    errors.push(`missing required arguments: ${names.join(", ")}${place}`);
  }
  for (const [name, option] of options) {
    const value = values.get(name);
    if (value !== null && value !== undefined)
      values.set(name, typed(name, option, value, { findings, within }));
  }
  for (const [name, option] of options) checkChoices(name, option, values, { errors, place });
  for (const [name, option] of options)
    checkBelow(name, option, values.get(name), { findings, within });
}

function supportedOf(options: readonly (readonly [string, Mapping])[]): string {
  const aliases = options.flatMap(([, it]) => aliasesOf(it)).sort();
  const names = options.map(([name]) => name).sort();
  return names.join(", ") + (aliases.length > 0 ? ` (${aliases.join(", ")})` : "");
}

function withDefaults(
  options: readonly (readonly [string, Mapping])[],
  given: Mapping,
): Map<string, unknown> {
  const values = new Map(Object.entries(given));
  for (const [name, option] of options) {
    const alias = aliasesOf(option).find((it) => values.has(it));
    if (alias !== undefined) values.set(name, values.get(alias));
    const { default: fallback } = option;
    if (!values.has(name) && fallback !== undefined && fallback !== null)
      values.set(name, fallback);
  }
  return values;
}

function aliasesOf({ aliases }: Mapping): string[] {
  return Array.isArray(aliases) ? (aliases as unknown[]).map(pythonStr) : [];
}

function typed(
  name: string,
  option: Mapping,
  value: unknown,
  { findings, within }: Level,
): unknown {
  const { errors } = findings;
  const { type = "str", elements } = option;
  const kind = pythonStr(type);
  const quoted = within.length === 0 ? "" : ` found in '${within.join(" -> ")}'`;
  const result = convert(kind, value);
  if ("problem" in result) {
    errors.push(
      `argument '${name}' is of type ${classOf(value)}${quoted === "" ? "" : `${quoted}.`} and we were unable to convert to ${kind}: ${result.problem}`,
    );
    return value;
  }
  if (elements === undefined || !Array.isArray(result.value)) return result.value;
  const wanted = pythonStr(elements);
  return (result.value as unknown[]).map((it) => {
    const element = convert(wanted, it);
    if (!("problem" in element)) return element.value;
    errors.push(
      `Elements value for option '${name}'${quoted} is of type ${classOf(it)} and we were unable to convert to ${wanted}: ${element.problem}`,
    );
    return it;
  });
}

function checkChoices(
  name: string,
  { choices }: Mapping,
  values: ReadonlyMap<string, unknown>,
  { errors, place }: { readonly errors: string[]; readonly place: string },
): void {
  if (!Array.isArray(choices) || !values.has(name)) return;
  const value = values.get(name);
  const isChoice = (it: unknown): boolean => choices.some((one: unknown) => pythonEqual(one, it));
  const words = (choices as unknown[]).map(pythonStr).join(", ");
  if (Array.isArray(value)) {
    const others = (value as unknown[]).filter((it) => !isChoice(it));
    if (others.length === 0) return;
    const found = others.map(pythonStr).join(", ");
    errors.push(
      `value of ${name} must be one or more of: ${words}. Got no match for: ${found}${place}`,
    );
  } else if (!isChoice(value)) {
    errors.push(`value of ${name} must be one of: ${words}, got: ${pythonStr(value)}${place}`);
  }
}

function checkBelow(
  name: string,
  option: Mapping,
  value: unknown,
  { findings, within }: Level,
): void {
  const { options, type, elements } = option;
  const hasBelow = type === "dict" || (type === "list" && elements === "dict");
  if (!hasBelow || !isMapping(options)) return;
  const isEmpty = value === null || value === undefined;
  if (isEmpty && option.apply_defaults !== true) return;
  const items: readonly unknown[] = isEmpty ? [{}] : Array.isArray(value) ? value : [value];
  for (const it of items) {
    if (isMapping(it)) checkLevel(options, it, { findings, within: [...within, name] });
    else findings.errors.push(`value of '${name}' must be of type dict or list of dicts`);
  }
}

const NO_DICT = "dictionary requested, could not parse JSON or key=value";

type Converted = { readonly value: unknown } | { readonly problem: string };

const TRUE = ["y", "yes", "on", "1", "true", "t", "1.0"];
const FALSE = ["n", "no", "off", "0", "false", "f", "0.0"];

/** Types that take anything. */
const ANY: readonly string[] = ["raw", "json", "jsonarg", "bytes", "bits"];

function convert(kind: string, value: unknown): Converted {
  const refused = (what: string): Converted => ({
    problem: `${classOf(value)} cannot be converted to ${what}`,
  });
  if (ANY.includes(kind)) return { value };
  switch (kind) {
    case "list":
      if (Array.isArray(value)) return { value };
      if (typeof value === "string") return { value: value.split(",") };
      return isInteger(value) || isFloat(value) ? { value: [pythonStr(value)] } : refused("a list");
    case "dict":
      if (isMapping(value)) return { value };
      return typeof value === "string" ? dictOf(value) : refused("a dict");
    case "bool": {
      const word = pythonStr(value).toLowerCase().trim();
      if (isMapping(value) || Array.isArray(value)) return refused("a bool");
      if (TRUE.includes(word)) return { value: true };
      if (FALSE.includes(word)) return { value: false };
      return { problem: `The value '${pythonStr(value)}' is not a valid boolean.` };
    }
    case "int":
      if (isInteger(value) || typeof value === "boolean") return { value };
      return typeof value === "string" && /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(value)
        ? { value: Number(value.replaceAll("_", "")) }
        : refused("an int");
    case "float":
      if (isFloat(value) || isInteger(value)) return { value };
      return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value))
        ? { value: Number(value) }
        : refused("a float");
    default:
      return { value: pythonStr(value) };
  }
}

function dictOf(text: string): Converted {
  try {
    const value: unknown = JSON.parse(text);
    if (isMapping(value)) return { value };
  } catch {
    const pairs = text.split(/[,\s]+/).map((it) => /^([^=]+)=(.*)$/s.exec(it));
    if (pairs.every((it) => it !== null)) {
      return { value: Object.fromEntries(pairs.map((it) => [it[1] ?? "", it[2]])) };
    }
  }
  return { problem: NO_DICT };
}

function classOf(value: unknown): string {
  return `<class ${pythonRepr(pythonType(value))}>`;
}
