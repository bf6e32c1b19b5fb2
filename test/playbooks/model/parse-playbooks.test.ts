import path from "node:path";
import fc from "fast-check";
import { formatFault } from "../../../core/faults";
import { readPlaybooks, type ParsedPlaybooks } from "../../../playbooks/model/parse-playbooks";
import { MODULES } from "../../../playbooks/runner/modules/registry";
import { templateRules } from "../../../playbooks/runner/template/rules";
import { loadCases } from "../../support/cases";

interface Case {
  /** The playbook's lines. */
  readonly playbook: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Line, column, code and a part of the text, such as `3:5 AS1403 did you mean "copy"`. */
  readonly faults: readonly string[];
  /** Why nothing is wrong: every case without faults says it. */
  readonly noop?: string;
}

const rules = { modules: MODULES, templates: templateRules() };

function parse(content: string, files: Readonly<Record<string, string>> = {}): ParsedPlaybooks {
  return readPlaybooks(rules, [{ name: "site.yml", content }], new Map(Object.entries(files)));
}

const cases = loadCases<Case>(path.join(__dirname, "faults"));

test.each(cases)("readPlaybooks() $name", ({ playbook, files, faults, noop }) => {
  const found = parse(playbook.join("\n"), files).faults;

  const expected = faults.map((it) => it.split(" ", 2).join(" "));
  expect(
    found.map(({ code, position }) => {
      const file = position?.file === "site.yml" ? "" : `${position?.file ?? ""}:`;
      return `${file}${position?.line ?? 0}:${position?.column ?? 0} ${code}`;
    }),
  ).toEqual(expected);
  faults.forEach((it, index) => {
    const text = it.split(" ").slice(2).join(" ");
    expect(found[index] && formatFault(found[index])).toContain(text);
  });
  expect(noop !== undefined).toBe(faults.length === 0);
});

test("readPlaybooks() does not let aliases grow a small file", () => {
  const levels = Array.from({ length: 12 }, (_, n) => {
    const inner = Array.from({ length: 10 }, () => (n === 0 ? "x" : `*a${n - 1}`)).join(", ");
    return `a${n}: &a${n} [${inner}]`;
  });

  const { faults } = parse(`- hosts: all\n  vars:\n    ${levels.join("\n    ")}\n`);

  expect(faults.map((it) => it.code)).toContain("AS1402");
});

test("readPlaybooks() does not follow an alias into itself", () => {
  const { faults } = parse("- hosts: all\n  vars: &v\n    again: *v\n");

  expect(faults.map((it) => it.code)).toContain("AS1402");
});

test("readPlaybooks() keeps keys such as __proto__ as plain data", () => {
  const { playbooks, faults } = parse("- hosts: all\n  vars: {__proto__: {polluted: 1}, a: 1}\n");

  expect(faults).toEqual([]);
  expect(Object.keys(playbooks.plays[0]?.vars[0] ?? {})).toEqual(["__proto__", "a"]);
  expect(Object.prototype).not.toHaveProperty("polluted");
});

test("readPlaybooks() answers to any text with faults that have a place, and never throws", () => {
  const scrap = fc.constantFrom(
    ..."- hosts: all|  tasks:|    - debug: {msg: x}|  vars: &a|*a|{{ x }}|{% if %}|: |[|]|\t|\u0000|<<: *a|? x|!!binary x|!vault |-   block:".split(
      "|",
    ),
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(scrap, fc.string()), { maxLength: 12 }).map((it) => it.join("\n")),
  );

  fc.assert(
    fc.property(texts, (text) => {
      for (const it of parse(text).faults) {
        expect(it.position?.line).toBeGreaterThan(0);
        expect(it.position?.column).toBeGreaterThan(0);
      }
    }),
  );
});

test("readPlaybooks() tells what a file that is included twice lacks only once", () => {
  const files = { "t.yml": "- nothing: {}\n" };

  const { faults } = parse(
    "- hosts: all\n  tasks:\n    - import_tasks: t.yml\n    - include_tasks: t.yml\n",
    files,
  );

  expect(faults).toHaveLength(1);
});
