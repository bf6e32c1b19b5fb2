/** Rules of profiles and groups, each with what it accepts and what it rejects. */
import path from "node:path";
import type { BootFiles } from "../../../images/netboot/boot-files";
import { checkBootFiles } from "../../../images/netboot/check";
import { loadCases } from "../../support/cases";

interface Rule {
  readonly rule: string;
  readonly accepts: readonly (BootFiles & { readonly name: string })[];
  readonly rejects: readonly (BootFiles & {
    readonly name: string;
    readonly faults: readonly string[];
  })[];
}

const rules = loadCases<Rule>(path.join(__dirname, "rules"));
const accepted = rules.flatMap(({ rule, accepts }) => accepts.map((it) => ({ rule, ...it })));
const rejected = rules.flatMap(({ rule, rejects }) => rejects.map((it) => ({ rule, ...it })));

test.each(accepted)("$rule, accepts: $name", ({ profiles, groups }) => {
  expect(checkBootFiles({ profiles, groups })).toEqual([]);
});

test.each(rejected)("$rule, rejects: $name", ({ profiles, groups, faults }) => {
  const found = checkBootFiles({ profiles, groups });

  expect(found.map(({ code, path: at }) => `${code} ${at}`)).toEqual(faults);
});

test("checkBootFiles() of nothing finds nothing", () => {
  expect(checkBootFiles({ profiles: [], groups: [] })).toEqual([]);
});
