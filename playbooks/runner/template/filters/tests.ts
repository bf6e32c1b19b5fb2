/** Tests (`x is …`) of Jinja2 and of Ansible. Pure. */
import { compare, contains } from "../jinja/operators";
import { TemplateFailure } from "../failure";
import { isFloat, isInteger, isNumber, plainNumber } from "../numbers";
import { equalityKey, pythonBool, pythonStr } from "../python";
import { isDict, TemplateFunction, Undefined } from "../values";
import type { Callable } from "./callable";
import { listOf, memberOrNothing } from "./collections";
import { mappingOf } from "./mappings";
import { matching } from "./regex";
import { argumentBool } from "./truth";
import { version } from "./versions";

const flag = (name: string, wanted = true): Callable => ({
  run: (value) => pythonBool(memberOrNothing(mappingOf(value), name) ?? false) === wanted,
});
const is = (test: (value: unknown) => boolean): Callable => ({ run: test });
const anyValue = (test: (value: unknown) => boolean): Callable => ({
  takesUndefined: true,
  run: test,
});
const comparing = (operator: string): Callable => ({
  params: ["other"],
  run: (value, [other = null]) => compare(operator, value, other),
});
const job = (name: string): Callable => ({
  run: (value) => {
    const found = memberOrNothing(mappingOf(value), name);
    return found === undefined || plainNumber(found) === 1;
  },
});
const isSequence = (value: unknown): boolean =>
  typeof value === "string" || Array.isArray(value) || isDict(value);

const changed: Callable = {
  run: (value) => {
    const result = mappingOf(value);
    if (Object.hasOwn(result, "changed")) return pythonBool(result.changed);
    const { results } = result;
    return (
      Array.isArray(results) &&
      results.some((it: unknown) => pythonBool(memberOrNothing(it, "changed") ?? false))
    );
  },
};
const holds = (whole: unknown, part: unknown): boolean => {
  const keys = new Set(listOf(whole).map(equalityKey));
  return listOf(part).every((it) => keys.has(equalityKey(it)));
};
const subset: Callable = { params: ["b"], run: (value, [other]) => holds(other, value) };
const superset: Callable = { params: ["b"], run: (value, [other]) => holds(value, other) };
const truthy = (wanted: boolean): Callable => ({
  params: ["convert_bool"],
  run: (value, [converts = false]) => {
    const isWord =
      pythonBool(converts) && typeof value === "string" && WORDS.has(value.toLowerCase());
    return (isWord ? argumentBool(value) : pythonBool(value)) === wanted;
  },
});
const WORDS = new Set("y yes on 1 true t 1.0 n no off 0 false f 0.0".split(" "));
const absolute = is((value) => pythonStr(value).startsWith("/"));
const failed = flag("failed");
const succeeded = flag("failed", false);
const skipped = flag("skipped");
const isNan: Callable = {
  run: (value) => {
    const found = plainNumber(value);
    if (found === undefined) throw new TemplateFailure("other", "nan needs a number");
    return Number.isNaN(found);
  },
};
const parity = (rest: number): Callable => ({
  run: (value) => compare("==", modulo(value, 2), rest),
});

function modulo(value: unknown, by: unknown): number {
  const [a, b] = [plainNumber(value), plainNumber(by)];
  if (a === undefined || b === undefined) throw new TemplateFailure("other", "a number is needed");
  if (b === 0) throw new TemplateFailure("other", "division by zero");
  return ((a % b) + b) % b;
}

const OF_JINJA: Readonly<Record<string, Callable>> = {
  defined: anyValue((value) => !(value instanceof Undefined)),
  undefined: anyValue((value) => value instanceof Undefined),
  none: is((value) => value === null),
  boolean: is((value) => typeof value === "boolean"),
  true: is((value) => value === true),
  false: is((value) => value === false),
  integer: is(isInteger),
  float: is(isFloat),
  number: is((value) => isNumber(value) || typeof value === "boolean"),
  string: is((value) => typeof value === "string"),
  mapping: is(isDict),
  sequence: is(isSequence),
  iterable: is(isSequence),
  callable: anyValue((value) => value instanceof TemplateFunction),
  escaped: is(() => false),
  lower: is(
    (value) =>
      pythonStr(value) === pythonStr(value).toLowerCase() && /\p{L}/u.test(pythonStr(value)),
  ),
  upper: is(
    (value) =>
      pythonStr(value) === pythonStr(value).toUpperCase() && /\p{L}/u.test(pythonStr(value)),
  ),
  even: parity(0),
  odd: parity(1),
  divisibleby: { params: ["num"], run: (value, [by]) => modulo(value, by) === 0 },
  sameas: {
    params: ["other"],
    run: (value, [other]) => value === other || (typeof value === "object" && value === other),
  },
  in: { params: ["seq"], run: (value, [whole]) => contains(whole, value) },
  eq: comparing("=="),
  equalto: comparing("=="),
  "==": comparing("=="),
  ne: comparing("!="),
  "!=": comparing("!="),
  "<": comparing("<"),
  "<=": comparing("<="),
  ">": comparing(">"),
  ">=": comparing(">="),
  lt: comparing("<"),
  lessthan: comparing("<"),
  le: comparing("<="),
  gt: comparing(">"),
  greaterthan: comparing(">"),
  ge: comparing(">="),
};

const OF_ANSIBLE: Readonly<Record<string, Callable>> = {
  failed,
  failure: failed,
  success: succeeded,
  succeeded,
  successful: succeeded,
  changed,
  change: changed,
  skipped,
  skip: skipped,
  reachable: flag("unreachable", false),
  unreachable: flag("unreachable"),
  started: job("started"),
  finished: job("finished"),
  match: matching(true),
  search: matching(false),
  regex: {
    params: ["pattern", "ignorecase", "multiline", "match_type"],
    run: (value, [pattern, ignorecase, multiline, type = "search"], context) =>
      matching(type === "match").run(value, [pattern, ignorecase, multiline], context),
  },
  version,
  version_compare: version,
  subset,
  issubset: subset,
  superset,
  issuperset: superset,
  contains: { params: ["value"], run: (value, [item]) => contains(value, item) },
  all: is((value) => listOf(value).every(pythonBool)),
  any: is((value) => listOf(value).some(pythonBool)),
  truthy: truthy(true),
  falsy: truthy(false),
  abs: absolute,
  is_abs: absolute,
  nan: isNan,
  isnan: isNan,
  vault_encrypted: is(() => false),
  uri: { params: ["schemes"], run: (value, [schemes]) => isAddress(value, schemes, false) },
  url: { params: ["schemes"], run: (value, [schemes]) => isAddress(value, schemes, true) },
  urn: is((value) => /^urn:[^:]+:./i.test(pythonStr(value))),
};

/** Tests by name. */
export const TESTS: ReadonlyMap<string, Callable> = new Map(
  Object.entries({
    ...OF_JINJA,
    ...OF_ANSIBLE,
    filter: { run: () => true },
    test: is((value) => TESTS.has(pythonStr(value))),
  }),
);

/** Every test that a template may name. */
export const TEST_NAMES: readonly string[] = [...TESTS.keys()].filter((it) => /\w/.test(it)).sort();

/** As Ansible has it, every text is a URI of one scheme or none. */
function isAddress(value: unknown, schemes: unknown, withHost: boolean): boolean {
  const found = /^(?:([A-Za-z][\w+.-]*):)?(?:\/\/([^/?#]*))?/.exec(pythonStr(value));
  const [, scheme = "", host = ""] = found ?? [];
  const allowed = schemes === undefined || schemes === null ? [] : listOf([schemes].flat());
  if (allowed.length > 0 && !allowed.includes(scheme.toLowerCase())) return false;
  return !withHost || host !== "" || scheme.toLowerCase() === "file";
}
