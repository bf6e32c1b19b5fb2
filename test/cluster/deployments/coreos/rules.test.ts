/** Every rule of coreos deployments, with what it accepts and what it rejects. */
import path from "node:path";
import type { Finding } from "../../../../cluster/finding";
import { formatPath } from "../../../../cluster/finding";
import { coreosOptions } from "../../../../cluster/deployments/coreos/options";
import { coreosRules } from "../../../../cluster/deployments/coreos/rules";
import { z } from "zod";
import { loadCases } from "../../../support/cases";
import { type Described, described } from "./described";

interface Rule {
  readonly rule: string;
  readonly accepts: readonly (Described & { readonly name: string })[];
  readonly rejects: readonly (Described & {
    readonly name: string;
    /** `[warning ]code path`. */
    readonly faults: readonly string[];
  })[];
}

const rules = loadCases<Rule>(path.join(__dirname, "rules"));
const accepted = rules.flatMap(({ rule, accepts }) => accepts.map((it) => ({ rule, ...it })));
const rejected = rules.flatMap(({ rule, rejects }) => rejects.map((it) => ({ rule, ...it })));

test.each(accepted)("$rule, accepts: $name", (it) => {
  expect(coreosRules.check(described(it)).map(say)).toEqual([]);
});

test.each(rejected)("$rule, rejects: $name", ({ faults, ...it }) => {
  expect(coreosRules.check(described(it)).map(say)).toEqual(faults);
});

test("every rule accepts something and rejects something", () => {
  for (const { name, accepts, rejects } of rules) {
    expect({ name, both: accepts.length > 0 && rejects.length > 0 }).toEqual({ name, both: true });
  }
});

test.each([...accepted, ...rejected])("the schema has the keys of: $rule, $name", (it) => {
  const { kind: _, ...keys } = described(it).deployment ?? { kind: "" };

  expect(z.strictObject(coreosOptions).safeParse(keys).error?.issues ?? []).toEqual([]);
});

function say({ severity, fault, at }: Finding): string {
  return `${severity === "warning" ? "warning " : ""}${fault.code} ${formatPath(at)}`;
}
