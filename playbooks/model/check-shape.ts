/** Checks mappings against tables of keywords: shapes by zod, unknown and refused ones by name. Pure. */
import { z } from "zod";
import type { Fault } from "../../core/faults";
import type { Cursor } from "./cursor";
import { REFUSED_KEYWORDS } from "./keywords";

/** Keywords with their shapes. */
export type KeywordTable = Readonly<Record<string, z.ZodType>>;

/** Faults of the keywords that are known: those with a value of another shape. */
export function checkKeywords(at: Cursor, table: KeywordTable): Fault[] {
  return at.keys.flatMap((key) => {
    const schema = Object.hasOwn(table, key) ? table[key] : undefined;
    const member = at.at(key);
    const result = schema?.safeParse(member.value);
    if (schema === undefined || result?.success !== false) return [];
    return [
      member.fault("AS1405", { given: member.value, allowed: describe(schema, result.error) }),
    ];
  });
}

/** Faults of keys that are in no table. */
export function checkUnknown(
  at: Cursor,
  keys: readonly string[],
  allowed: readonly string[],
): Fault[] {
  return keys.map((key) => {
    const hint = REFUSED_KEYWORDS.get(key);
    return hint === undefined
      ? at.keyFault("AS1403", key, { given: key, allowed })
      : at.keyFault("AS1404", key, { given: key, hint });
  });
}

const NAMES: Readonly<Record<string, string>> = {
  boolean: "yes or no",
  string: "text",
  number: "a number",
  array: "a list",
  record: "a mapping",
  null: "nothing",
};

/** What a schema allows, in words. */
function describe(schema: z.ZodType, error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue && issue.code !== "invalid_type" && issue.code !== "invalid_union") {
    return issue.message.replace(/^Invalid (option|input): expected /, "");
  }
  return [...new Set(kinds(schema))].map((it) => NAMES[it] ?? it).join(", or ");
}

function kinds(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((it) => (it instanceof z.ZodType ? kinds(it) : []));
  }
  if (schema instanceof z.ZodNullable) {
    const inner = schema.unwrap();
    return inner instanceof z.ZodType ? [...kinds(inner), "null"] : [];
  }
  return [schema.type];
}
