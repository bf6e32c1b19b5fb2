/** Every rule of LinuxKit files, with what it accepts and what it refuses: one file a rule. */
import path from "node:path";
import { LINUXKIT_CODES } from "../../../core/codes/linuxkit";
import { loadCases } from "../../support/cases";
import { judge } from "./judge";

interface Rule {
  /** Files, as lines; a first line `# whole` makes them whole images. */
  readonly accepted: readonly (readonly string[])[];
  readonly rejected: readonly {
    readonly yaml: readonly string[];
    /** `line:column severity code place`, in the order of the file. */
    readonly faults: readonly string[];
  }[];
}

const rules = loadCases<Rule>(path.join(__dirname, "rules"));
const accepted = rules.flatMap(({ name, accepted: files }) =>
  files.map((yaml) => [name, yaml.join("\n")] as const),
);
const rejected = rules.flatMap(({ name, rejected: files }) =>
  files.map(({ yaml, faults }) => [name, yaml.join("\n"), faults] as const),
);

test.each(accepted)("%s accepts %s", (code, yaml) => {
  expect(judge(yaml).filter((it) => it.includes(code))).toEqual([]);
  expect(judge(yaml).filter((it) => it.includes(" error "))).toEqual([]);
});

test.each(rejected)("%s refuses %s", (_, yaml, faults) => {
  expect(judge(yaml)).toEqual(faults);
});

test("every rule of files has a case that it accepts, and one that it refuses", () => {
  const codes = Object.keys(LINUXKIT_CODES).filter((it) => it < "AS1778");

  expect(rules.map(({ name }) => name)).toEqual(codes);
  for (const it of rules) {
    expect(it.accepted.length).toBeGreaterThan(0);
    expect(it.rejected.some(({ faults }) => faults.some((at) => at.includes(it.name)))).toBe(true);
  }
});
