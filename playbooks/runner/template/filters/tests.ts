/** Tests (`x is failed`) that are added to the engine's own. Pure. */
import { TemplateFailure } from "../failure";
import { equalityKey, pythonBool, pythonStr } from "../python";
import { argument, type Callable, type CallContext } from "./callable";
import { listOf, memberOf } from "./collections";
import { pythonRegExp } from "./regex";
import { ansibleBool } from "./truth";

const regexKeywords = ["multiline", "ignorecase"];

const flag = (name: string): Callable => ({ run: (value) => memberOf(value, name) === true });
const not = (name: string): Callable => ({ run: (value) => memberOf(value, name) !== true });

const matching = (anchored: boolean): Callable => ({
  keywords: regexKeywords,
  run: (value, [pattern], { named }) => {
    const source = pythonStr(pattern);
    const expression = pythonRegExp(anchored ? `^(?:${source})` : source, named);
    return expression.test(pythonStr(value));
  },
});

const version: Callable = {
  keywords: ["operator", "version", "strict", "version_type"],
  run: (value, args, context) => {
    const other = pythonStr(argument(args, context, 0, "version"));
    const operator = pythonStr(argument(args, context, 1, "operator") ?? "eq");
    return compare(compareVersions(pythonStr(value), other), operator);
  },
};

const subset: Callable = { run: (value, [other]) => contains(other, value) };
const superset: Callable = { run: (value, [other]) => contains(value, other) };
const truthy: Callable = { nullable: true, keywords: ["convert_bool"], run: isTruthy };

const ALL: Readonly<Record<string, Callable>> = {
  failed: flag("failed"),
  failure: flag("failed"),
  success: not("failed"),
  succeeded: not("failed"),
  successful: not("failed"),
  changed: flag("changed"),
  change: flag("changed"),
  skipped: flag("skipped"),
  skip: flag("skipped"),
  reachable: not("unreachable"),
  unreachable: flag("unreachable"),
  finished: { run: () => true },
  match: matching(true),
  search: matching(false),
  regex: matching(false),
  version,
  version_compare: version,
  subset,
  issubset: subset,
  superset,
  issuperset: superset,
  contains: { run: (value, [item]) => contains(value, [item]) },
  all: { run: (value) => listOf(value).every(pythonBool) },
  any: { run: (value) => listOf(value).some(pythonBool) },
  truthy,
  falsy: { ...truthy, run: (value, args, context) => !isTruthy(value, args, context) },
  abs: { run: (value) => pythonStr(value).startsWith("/") },
  is_abs: { run: (value) => pythonStr(value).startsWith("/") },
};

/** Tests by name. */
export const TESTS: ReadonlyMap<string, Callable> = new Map(Object.entries(ALL));

const ENGINE_TESTS =
  "boolean defined divisibleby endingwith eq equalto escaped even false filter float ge greaterthan gt in integer iterable le lessthan lower lt mapping ne none number odd safe sameas sequence startingwith string test true undefined upper";

/** Every test that a template may name. */
export const TEST_NAMES: readonly string[] = [...TESTS.keys(), ...ENGINE_TESTS.split(" ")].sort();

function isTruthy(value: unknown, _args: readonly unknown[], { named }: CallContext): boolean {
  return named.convert_bool === true && typeof value === "string"
    ? ansibleBool(value)
    : pythonBool(value);
}

function contains(whole: unknown, part: unknown): boolean {
  if (typeof whole === "string" && Array.isArray(part)) {
    return part.every((it) => whole.includes(pythonStr(it)));
  }
  const keys = new Set(listOf(whole).map(equalityKey));
  return listOf(part).every((it) => keys.has(equalityKey(it)));
}

/** Compares as Ansible's loose versions: numbers by value, other parts as text. */
function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((it) => it.match(/\d+|[a-z]+/gi) ?? []);
  const length = Math.max(a?.length ?? 0, b?.length ?? 0);
  for (let index = 0; index < length; index += 1) {
    const order = compareParts(a?.[index], b?.[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  const numbers = [Number(left), Number(right)] as const;
  if (!numbers.some(Number.isNaN)) return Math.sign(numbers[0] - numbers[1]);
  return left < right ? -1 : 1;
}

function compare(order: number, operator: string): boolean {
  const results: Readonly<Record<string, boolean>> = {
    "==": order === 0,
    "!=": order !== 0,
    "<": order < 0,
    "<=": order <= 0,
    ">": order > 0,
    ">=": order >= 0,
  };
  const names: Readonly<Record<string, string>> = {
    "=": "==",
    eq: "==",
    ne: "!=",
    "<>": "!=",
    lt: "<",
    le: "<=",
    gt: ">",
    ge: ">=",
  };
  const result = results[names[operator] ?? operator];
  if (result === undefined)
    throw new TemplateFailure("other", `version: unknown operator ${operator}`);
  return result;
}
