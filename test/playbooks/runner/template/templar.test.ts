import path from "node:path";
import fc from "fast-check";
import { descend } from "../../../../playbooks/runner/vars/descend";
import {
  Templar,
  type Found,
  type VariableScope,
} from "../../../../playbooks/runner/template/templar";
import { loadCases } from "../../../support/cases";

interface Case {
  readonly template: string;
  readonly result?: unknown;
  readonly error?: string;
}

const VARIABLES: Readonly<Record<string, unknown>> = {
  one: 1,
  yes: true,
  no: false,
  nothing: null,
  empty: "",
  list: [1, "two", true, null],
  dict: { k: 1, j: { z: [1] } },
  proto: JSON.parse('{"__proto__": [1]}'),
  quote: "it's",
  double: 'say "x"',
  text: "{{ one }}",
  unicode: "héllo 😀",
  name: "a",
  groups: { g: ["a", "b"] },
};
const HOSTS: Readonly<Record<string, unknown>> = { a: { ip: "10.0.0.1" }, b: { ip: "10.0.0.2" } };

/** Variables as plain data. */
function scopeOf(variables: Readonly<Record<string, unknown>>): VariableScope {
  const findOfHost = (host: string, keys: readonly (string | number)[]): Found =>
    Object.hasOwn(HOSTS, host)
      ? descend(HOSTS[host], host, keys)
      : { found: false, reason: `'hostvars' has no host '${host}'` };
  return {
    findOfHost,
    find: (root, keys) => {
      const [host, ...rest] = keys;
      if (root === "hostvars" && host !== undefined) return findOfHost(String(host), rest);
      if (root === "hostvars") return { found: true, value: HOSTS };
      return Object.hasOwn(variables, root)
        ? descend(variables[root], root, keys)
        : { found: false, reason: `'${root}' is undefined` };
    },
  };
}

const files = loadCases<{ readonly cases: readonly Case[] }>(path.join(__dirname, "cases"));
const cases = files.flatMap(({ name, cases: all }) => all.map((it) => ({ ...it, file: name })));
const templar = new Templar();

test.each(cases)("Templar.template() $file: $template", ({ template, result, error }) => {
  const render = (): unknown => templar.template(template, scopeOf(VARIABLES));

  if (error === undefined) expect(render()).toEqual(result);
  else expect(render).toThrow(error);
});

test("Templar goes on after every failure", () => {
  const scope = scopeOf(VARIABLES);
  for (const it of cases.filter((it) => it.error !== undefined)) {
    expect(() => templar.template(it.template, scope)).toThrow();
  }

  expect(templar.template("{{ one + 1 }}", scope)).toBe(2);
});

test("Templar.template() treats values as data, whatever is in them", () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom("{{ one }}", "{% raw %}", "}}", "{#", "' | quote }}", "\u0000", "$(id)"),
  );

  fc.assert(
    fc.property(hostile, hostile, (left, right) => {
      const scope = scopeOf({ left, right });

      expect(templar.template("{{ left }}", scope)).toBe(left);
      expect(templar.template("<{{ left }}|{{ right }}>", scope)).toBe(`<${left}|${right}>`);
      expect(templar.template("{{ left ~ right }}", scope)).toBe(left + right);
      expect(templar.template("{% for i in [left] %}{{ i }}{% endfor %}", scope)).toBe(left);
    }),
  );
});

test("Templar.template() gives values back as they are", () => {
  const values = fc.jsonValue({ maxDepth: 3 }).filter((it) => !JSON.stringify(it).includes("e"));

  fc.assert(
    fc.property(values, (value) => {
      const scope = scopeOf({ value, list: [value] });

      expect(templar.template("{{ value }}", scope)).toEqual(value);
      expect(templar.template("{{ value if true else 1 }}", scope)).toEqual(value);
    }),
  );
});
