/** What is no LinuxKit file: unknown keys at every level, wrong types, hostile text. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { parseDocument, stringify } from "yaml";
import { UserFault } from "../../../core/faults";
import { loadLinuxkit } from "../../../images/linuxkit/load";
import { judge } from "./judge";

const EVERY_KEY = readFileSync(path.join(__dirname, "examples", "every-key.yml"), "utf8");
const HASH = "0123456789abcdef0123456789abcdef01234567";
const SERVICE = `services:\n  - name: a\n    image: linuxkit/getty:${HASH}\n`;

/** Paths of all mappings of the example whose keys are closed: texts by free keys are not. */
const mappings = mappingsIn(parseDocument(EVERY_KEY).toJS(), []).filter(
  (at) => !["sysctl", "annotations"].includes(String(at.at(-1))),
);

test.each(mappings.map((at) => [at.join("."), at] as const))(
  "an unknown key below %s is refused",
  (_, at) => {
    const document = parseDocument(EVERY_KEY);
    document.setIn([...at, "nonsense"], 1);

    const faults = judge(document.toString());

    expect(faults.map((it) => it.split(" ")[2])).toEqual(["AS1206"]);
  },
);

test("mappings of every level were tried", () => {
  expect(mappings.length).toBeGreaterThan(25);
});

test.each([
  ["a list for a mapping", "kernel: []", ["1:9 error AS1205"]],
  ["a mapping for a list", "services: {}", ["1:11 error AS1205"]],
  ["a section without a value", "onboot:", ["1:8 error AS1205"]],
  ["text for a list", `${SERVICE}    command: ls`, ['4:14 error AS1205 service "a"']],
  [
    "an unquoted mode",
    "files: [{ path: a, contents: b, mode: 0644 }]",
    ['1:39 error AS1205 file "a"'],
  ],
  [
    "an unquoted mode of a device",
    `${SERVICE}    devices: [{ path: /dev/a, type: c, mode: 0666 }]`,
    ['4:46 error AS1205 service "a" devices[0]'],
  ],
  [
    "an unquoted value of a sysctl",
    `${SERVICE}    sysctl: { net.ipv4.ip_forward: 1 }`,
    ['4:36 error AS1205 service "a" sysctl'],
  ],
  ["a list for a user", `${SERVICE}    uid: []`, ['4:10 error AS1205 service "a"']],
  ["a fraction for a user", `${SERVICE}    uid: 1.5`, ['4:10 error AS1205 service "a"']],
  ["a container without an image", "services: [{ name: a }]", ['1:12 error AS1204 service "a"']],
  [
    "a container without a name",
    `services: [{ image: "a@sha256:${"0".repeat(64)}" }]`,
    ["1:12 error AS1204 services[0]"],
  ],
  [
    "rmlimits, as the documentation has it",
    `${SERVICE}    rmlimits: []`,
    ['4:5 error AS1206 service "a"'],
  ],
  [
    "interface, as the documentation has it",
    `${SERVICE}    runtime: { interface: [] }`,
    ['4:16 error AS1206 service "a" runtime'],
  ],
  [
    "OCI's blockIO",
    `${SERVICE}    resources: { blockIO: {} }`,
    ['4:18 error AS1206 service "a" resources'],
  ],
  [
    "environment that is no assignment",
    `${SERVICE}    env: [DEBUG]`,
    ['4:11 error AS1209 service "a" env'],
  ],
  [
    "an unknown propagation",
    `${SERVICE}    rootfsPropagation: rshared`,
    ['4:24 error AS1207 service "a"'],
  ],
  [
    "metadata in another format",
    "files: [{ path: a, metadata: json }]",
    ['1:30 error AS1207 file "a"'],
  ],
  ["a volume in capital letters", "volumes: [{ name: Data }]", ['1:19 error AS1209 volume "Data"']],
  [
    "an out-of-memory score out of range",
    `${SERVICE}    oomScoreAdj: -2000`,
    ['4:18 error AS1208 service "a"'],
  ],
  ["a key given twice", "init: []\ninit: []", ["2:1 error AS1202"]],
  ["text that is no YAML", "a: [", ["2:1 error AS1201"]],
  ["two documents", "init: []\n---\ninit: []", ["2:1 error AS1201"]],
  ["an empty file", "", ["1:1 error AS1204"]],
  ["a list of files", "- a", ["1:1 error AS1205"]],
])("%s is refused", (_, text, faults) => {
  expect(judge(text)).toEqual(faults);
});

test("what is wrong in shape and what breaks a rule are told together", () => {
  const text = `kernel: { ucode: intel-ucode.cpio }\nservices:\n  - { name: a, image: busybox, nets: host }\n  - { name: a, image: 1 }`;

  expect(judge(text)).toEqual([
    "1:18 error AS1774 kernel",
    '3:23 error AS1750 service "a"',
    '3:32 error AS1206 service "a"',
    '4:23 error AS1205 service "a"',
  ]);
});

test("any YAML at all is either an image or told with a code and a position", () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.constantFrom("services", "files", "kernel", "init", "volumes"),
      (json, key) => {
        const text = stringify({ [key]: JSON.parse(json) as unknown });

        try {
          loadLinuxkit([{ name: "any.yml", text }], true);
        } catch (error) {
          if (!(error instanceof UserFault)) throw error;
          expect(error.faults.every(({ position }) => position?.file === "any.yml")).toBe(true);
        }
      },
    ),
  );
});

function mappingsIn(value: unknown, at: readonly (string | number)[]): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((it, n) => mappingsIn(it, [...at, n]));
  if (typeof value !== "object" || value === null) return [];
  const below = Object.entries(value).flatMap(([key, it]) => mappingsIn(it, [...at, key]));
  return [[...at], ...below];
}
