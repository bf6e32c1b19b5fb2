/** Every rule of Ignition configs with what it accepts and what it rejects, and the real validator's word on both. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { type Fault, formatFault } from "../../../core/faults";
import { parseIgnition, validateIgnition } from "../../../images/ignition/validate";
import { loadCases } from "../../support/cases";
import { faultsOf } from "../../support/faults-of";
import { ignitionValidator } from "./validator";

interface Accepted {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly warnings?: readonly string[];
}
interface Rejected {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
  /** Why the real one does not reject it. */
  readonly upstream?: string;
}
interface Rule {
  readonly rule: string;
  readonly accepts: readonly Accepted[];
  readonly rejects: readonly Rejected[];
}

const rules = loadCases<Rule>(path.join(__dirname, "rules"));
const accepted = rules.flatMap((it) => it.accepts.map((one) => ({ rule: it.rule, ...one })));
const rejected = rules.flatMap((it) => it.rejects.map((one) => ({ rule: it.rule, ...one })));

test.each(accepted)("$rule, accepts: $name", ({ config, warnings = [] }) => {
  const report = validateIgnition(whole(config));

  expect(report.faults.map(formatFault)).toEqual([]);
  expect(report.warnings.map(say)).toEqual(warnings);
});

test.each(rejected)("$rule, rejects: $name", ({ config, faults }) => {
  const report = validateIgnition(whole(config));

  expect(report.faults.map(say).sort()).toEqual([...faults].sort());
});

test("every rule accepts something, and rejects or warns of something", () => {
  for (const { name, accepts, rejects } of rules) {
    const refusals = rejects.length + accepts.filter((it) => it.warnings).length;
    expect({ name, both: accepts.length > 0 && refusals > 0 }).toEqual({ name, both: true });
  }
});

test("the real ignition-validate says the same of every case", async () => {
  const program = await ignitionValidator();
  const folder = mkdtempSync(path.join(tmpdir(), "ignition-"));
  const judge = (config: unknown): string => {
    // The packaged version knows 3.4 by the name that it had before it was finished.
    const text = JSON.stringify(config).replace('"3.4.0"', '"3.4.0-experimental"');
    const file = path.join(folder, "config.ign");
    writeFileSync(file, text);
    const { status, stderr } = spawnSync(program, [file], { encoding: "utf8" });
    return status === 0 ? "accepts" : `rejects: ${stderr}`;
  };

  const surprises = [
    ...accepted.map((it) => ({ ...it, expected: "accepts" })),
    ...rejected.map((it) => ({ ...it, expected: it.upstream ? "accepts" : "rejects" })),
  ].flatMap(({ rule, name, config, expected }) => {
    const said = judge(whole(config));
    return said.startsWith(expected) ? [] : [{ rule, name, said }];
  });
  expect(surprises).toEqual([]);
});

test("parseIgnition() tells a fault in words that help", () => {
  const text = JSON.stringify(whole({ storage: { files: [{ path: "/a", mode: "0644" }] } }));

  const [fault] = faultsOf(() => parseIgnition(text));

  expect(fault && formatFault(fault)).toBe(
    'AS1508  storage.files[0].mode: not a file mode "0644"; octal 0644 is 420 in decimal',
  );
});

test.each(["", "not json", "[]", "null", '"text"', "variant: flatcar\nversion: 1.0.0\n"])(
  "parseIgnition() takes one JSON object only: %j",
  (text) => {
    expect(faultsOf(() => parseIgnition(text)).map(({ code }) => code)).toEqual(["AS1502"]);
  },
);

test("parseIgnition() gives what it read", () => {
  const config = whole({ systemd: { units: [{ name: "docker.service", enabled: true }] } });

  expect(parseIgnition(JSON.stringify(config))).toEqual(config);
});

test("validateIgnition() survives whatever JSON there is", () => {
  const keys = ["ignition", "version", "storage", "files", "path", "mode", "links", "systemd"];
  const key = fc.oneof(fc.constantFrom(...keys, "units", "name", "contents"), fc.string());
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
    ),
  }));

  fc.assert(
    fc.property(tree, (config) => {
      expect(validateIgnition(config).faults.length).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 300 },
  );
});

function whole(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ignition: { version: "3.3.0" }, ...config };
}

function say({ code, path: place }: Fault): string {
  return `${code} ${place}`;
}
