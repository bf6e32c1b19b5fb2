import path from "node:path";
import { parse } from "yaml";
import type { ContainerRuntime, Mirror, RewritesSpec } from "../../cluster";
import { type MirrorSettings, RegistryMirrors } from "../../constructs";
import { CATALOGUE } from "../../constructs/catalogue";
import type { RenderedFile } from "../../constructs/mirrors/rendered-file";
import { loadCases } from "../support/cases";
import { clusterFolder } from "../support/cluster-folder";

interface Case {
  readonly mirrors: readonly Mirror[];
  /** Default: containerd and dockerd, each with what it can. */
  readonly runtimes?: readonly ContainerRuntime[];
  readonly rewrites?: RewritesSpec;
  /** Lines of each file, by path. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Why nothing is written. */
  readonly noop?: string;
}

const cases = loadCases<Case>(path.join(__dirname, "registry-mirrors"));

function renderCase({ mirrors, runtimes, rewrites }: Omit<Case, "files">): RenderedFile[] {
  const all = new RegistryMirrors({
    ...(runtimes ? { runtimes } : {}),
    ...(rewrites ? { rewrites } : {}),
  });
  for (const { registry, endpoints } of mirrors) {
    for (const it of endpoints) all.addResolved(registry, it);
  }
  return all.render();
}

test.each(cases)("RegistryMirrors.render() $name", ({ files, noop, ...given }) => {
  const rendered = renderCase(given);

  const lines = rendered.map((it) => [it.path, it.content.replace(/\n$/, "").split("\n")]);
  expect(Object.fromEntries(lines)).toEqual(files);
  expect(rendered.every(({ content }) => content.endsWith("\n"))).toBe(true);
  expect(noop !== undefined).toBe(rendered.length === 0);
});

test.each([
  ["k3s", ["/etc/rancher/k3s/registries.yaml"]],
  ["kubeadm", ["/etc/containerd/certs.d/docker.io/hosts.toml"]],
  ["docker", ["/etc/docker/daemon.json"]],
  ["starlingx/aio-sx", ["/etc/armstead/starlingx-registries.yml"]],
  ["etcd", ["/etc/containerd/certs.d/docker.io/hosts.toml", "/etc/docker/daemon.json"]],
])("RegistryMirrors.render() writes for the runtime of %s", (kind, files) => {
  const rules = CATALOGUE.deployments.find((it) => it.kind === kind);
  const all = new RegistryMirrors().add("docker.io", { url: "https://m.example" });

  expect(rules?.kind).toBe(kind);
  expect(all.render(rules).map((it) => it.path)).toEqual(files);
});

test("RegistryMirrors.render() writes for the runtimes that are named", () => {
  const all = new RegistryMirrors({ runtimes: ["podman"] });
  const named = all.add("docker.io", { url: "https://m.example" }).render({ runtime: "k3s" });

  expect(named.map((it) => it.path)).toEqual([
    "/etc/containers/registries.conf.d/50-armstead.conf",
  ]);
});

test.each(cases)("RegistryMirrors.render() writes root keys before tables: $name", ({ files }) => {
  const written = Object.entries(files).filter(([file]) => file.endsWith("hosts.toml"));

  for (const [, lines] of written) {
    const firstTable = lines.findIndex((it) => it.startsWith("["));
    const rootKeys = lines.map((it, n) => (/^[a-z]/.test(it) ? n : -1));
    expect(firstTable < 0 || Math.max(...rootKeys) < firstTable).toBe(true);
  }
});

test.each<[string, MirrorSettings, RewritesSpec | undefined]>([
  ["nothing", {}, undefined],
  ["a table", { rewrites: "none" }, { base: "none", images: [] }],
  ["an empty object: the first table", { rewrites: {} }, { base: "arm64-defaults", images: [] }],
  [
    "rules beside the first table",
    { rewrites: { images: [{ from: "a/b:*", to: "c/d:*" }] } },
    { base: "arm64-defaults", images: [{ from: "a/b:*", to: "c/d:*" }] },
  ],
])("rewrites of code are as short as those of a file: %s", (_, settings, rewrites) => {
  expect(new RegistryMirrors(settings).describe().rewrites).toEqual(rewrites);
  expect(new RegistryMirrors(settings).resolved.rewrites).toEqual(rewrites);
});

test("RegistryMirrors.add() keeps falling back unless told otherwise, and takes certificates from files", () => {
  const mirrors = new RegistryMirrors({}, { folder: clusterFolder(""), home: undefined });

  mirrors.add("quay.io", { url: "https://mirror.example", ca: "ca.pem" });

  const [quay] = mirrors.all;
  expect(quay?.endpoints[0]).toMatchObject({ mode: "fallback", insecure: false });
  expect(quay?.endpoints[0]?.ca?.pem).toContain("BEGIN CERTIFICATE");
});

test("RegistryMirrors.add() refuses certificates that it cannot read", () => {
  const mirrors = new RegistryMirrors({}, { folder: clusterFolder(""), home: undefined });
  const add = (ca: string) => () => mirrors.add("quay.io", { url: "https://mirror.example", ca });

  expect(add("none.pem")).toThrow('AS1211  mirror "quay.io": a file cannot be read "none.pem"');
  expect(add("key.pub")).toThrow("AS1213");
});

test("what YAML could take for something else stays what it is: names, numbers, *, quotes", () => {
  const url = "https://123.example";
  const ca = { written: "", absolute: "", pem: "" };
  const hostile = ["*", "no", "1.0", 'a"b', "a\nb: c", "ü'\u007f", "{x}", "&a", "!t"];
  const mirrors = hostile.map((registry) => ({
    registry,
    endpoints: [{ url, mode: "only" as const, insecure: false, ca }],
  }));

  const yaml = (runtime: ContainerRuntime, at: string): unknown =>
    parse(renderCase({ mirrors, runtimes: [runtime] }).find((it) => it.path === at)?.content ?? "");

  const k3s = yaml("k3s", "/etc/rancher/k3s/registries.yaml") as { mirrors: object };
  const starlingx = yaml("starlingx", "/etc/armstead/starlingx-registries.yml");
  expect(Object.keys(k3s.mirrors)).toEqual(hostile);
  expect(starlingx).toHaveProperty(["docker_registries", "a\nb: c", "url"], "123.example");
});

test("TOML's strings hold whatever is in a name", () => {
  const registry = 'a"\\\n\u007f\u0001ü]';
  const endpoints = [{ url: "https://m", mode: "fallback" as const, insecure: false }];

  const [file] = renderCase({ mirrors: [{ registry, endpoints }], runtimes: ["podman"] });

  expect(file?.content).toContain(String.raw`prefix = "a\"\\\n\u007F\u0001ü]"`);
});

test("StarlingX' variables have no key that it does not know, and no URL with a scheme", () => {
  const registries = cases
    .flatMap(({ files }) => files["/etc/armstead/starlingx-registries.yml"] ?? [])
    .filter((it) => /^ {4}/.test(it));

  const keys = registries.map((it) => it.trim().split(":")[0]?.replaceAll(`"`, ""));

  expect(new Set(keys)).toEqual(new Set(["url", "type", "username", "password", "secure"]));
  expect(registries.filter((it) => it.includes("//"))).toEqual([]);
});

test("dockerd's file is JSON with nothing but what dockerd knows: other keys stop it", () => {
  const all = cases.flatMap(({ files }) => files["/etc/docker/daemon.json"] ?? []).join("\n");

  const keys = all.split(/(?<=^\})\n/m).flatMap((it) => Object.keys(parse(it) as object));

  expect(new Set(keys)).toEqual(new Set(["registry-mirrors", "insecure-registries"]));
});
