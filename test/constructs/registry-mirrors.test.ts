import path from "node:path";
import { parse } from "yaml";
import type { Mirror } from "../../cluster";
import { RegistryMirrors } from "../../constructs";
import { loadCases } from "../support/cases";
import { clusterFolder } from "../support/cluster-folder";

interface Case {
  readonly mirrors: readonly Mirror[];
  /** Lines of each file, by path. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Why nothing is written. */
  readonly noop?: string;
}

const cases = loadCases<Case>(path.join(__dirname, "registry-mirrors"));
const nowhere = { folder: "/", home: undefined };

test.each(cases)("RegistryMirrors.render() $name", ({ mirrors, files, noop }) => {
  const all = new RegistryMirrors(nowhere);
  for (const { registry, endpoints } of mirrors) {
    for (const it of endpoints) all.addResolved(registry, it);
  }

  const rendered = all.render();

  const lines = rendered.map((it) => [it.path, it.content.replace(/\n$/, "").split("\n")]);
  expect(Object.fromEntries(lines)).toEqual(files);
  expect(rendered.every(({ content }) => content.endsWith("\n"))).toBe(true);
  expect(noop !== undefined).toBe(rendered.length === 0);
});

test.each(cases)("RegistryMirrors.render() writes root keys before tables: $name", ({ files }) => {
  const written = Object.entries(files).filter(([file]) => file.endsWith("hosts.toml"));

  for (const [, lines] of written) {
    const firstTable = lines.findIndex((it) => it.startsWith("["));
    const rootKeys = lines.map((it, n) => (/^[a-z]/.test(it) ? n : -1));
    expect(firstTable < 0 || Math.max(...rootKeys) < firstTable).toBe(true);
  }
});

test("RegistryMirrors.add() keeps falling back unless told otherwise, and takes certificates from files", () => {
  const mirrors = new RegistryMirrors({ folder: clusterFolder(""), home: undefined });

  mirrors.add("quay.io", { url: "https://mirror.example", ca: "ca.pem" });

  const [quay] = mirrors.all;
  expect(quay?.endpoints[0]).toMatchObject({ mode: "fallback", insecure: false });
  expect(quay?.endpoints[0]?.ca?.pem).toContain("BEGIN CERTIFICATE");
});

test("RegistryMirrors.add() refuses certificates that it cannot read", () => {
  const mirrors = new RegistryMirrors({ folder: clusterFolder(""), home: undefined });
  const add = (ca: string) => () => mirrors.add("quay.io", { url: "https://mirror.example", ca });

  expect(add("none.pem")).toThrow('AS1211  mirror "quay.io": a file cannot be read "none.pem"');
  expect(add("key.pub")).toThrow("AS1213");
});

test("dockerd's file is JSON with nothing but what dockerd knows: other keys stop it", () => {
  const all = cases.flatMap(({ files }) => files["/etc/docker/daemon.json"] ?? []).join("\n");

  const keys = all.split(/(?<=^\})\n/m).flatMap((it) => Object.keys(parse(it) as object));

  expect(new Set(keys)).toEqual(new Set(["registry-mirrors", "insecure-registries"]));
});
