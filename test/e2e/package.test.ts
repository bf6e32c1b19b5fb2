/**
 * The package as another repository gets it: packed, installed from the tarball in an empty folder,
 * compiled against, synthesized, planned, applied and destroyed there. With cdktf, then with cdktn
 * under its name. The tests of this file build on each other.
 */
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { version } from "../../package.json";
import { CDKTN } from "./support/cdktn";
import { Consumer } from "./support/consumer";
import { exportedNames, exportsSource } from "./support/exports-source";
import { must } from "./support/run";
import { pack, type Tarball } from "./support/pack";
import { Terraform } from "./support/terraform";
import { ROOT, World } from "./support/world";

const PROGRAM = path.join(ROOT, "test", "fixtures", "consumer", "main.ts");
const OWN_DEPLOYMENT = "own-deployment";
/** Clusters of this package's own kinds. */
const EXAMPLES = readdirSync(path.join(ROOT, "examples")).filter((it) => it !== OWN_DEPLOYMENT);
/** Room for growth, not for a forgotten folder. */
const LARGEST_BYTES = 4_000_000;
const NODE_NEXT = { module: "nodenext" };
/** The settings of cdktf's own template, which know nothing of `exports`. */
const COMMON_JS = {
  module: "commonjs",
  moduleResolution: "node10",
  ignoreDeprecations: "6.0",
  skipLibCheck: true,
};

const world = new World();
const consumer = new Consumer(path.join(world.folder, "consumer"));
const moved = new Consumer(path.join(world.folder, "moved"));
let tarball: Tarball;
/** What npm said at each installation. */
let said: readonly string[];
/** What the programs read of their environment. */
let env: Readonly<Record<string, string>> = world.env;

beforeAll(async () => {
  tarball = await pack(path.join(world.folder, "pack"));
  said = await Promise.all([
    consumer.install(tarball.file, "cdktf", "constructs"),
    moved.install(tarball.file, CDKTN, "constructs"),
  ]);
}, 300_000);

afterAll(() => world.close());

test("the tarball holds what it promises, and neither tests nor anything that a run left behind", () => {
  const { entries, bytes } = tarball;
  process.stderr.write(`  the tarball: ${bytes} bytes, ${entries.length} files\n`);

  expect([...new Set(entries.map((it) => it.split("/")[0]))]).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "bin",
    "dist",
    "docs",
    "package.json",
    "schema",
  ]);
  expect(entries.filter((it) => /^(bin|docs|schema)\//.test(it))).toEqual([
    "bin/armstead.js",
    "docs/errors.md",
    "schema/cluster.schema.json",
  ]);
  expect(foldersIn("dist")).toEqual([
    ...["api", "cli", "cluster", "constructs", "core", "images", "lab", "package.json"],
    ...["playbooks", "provider", "provider-manifest.json", "registry", "stacks"],
  ]);
  expect(entries.filter((it) => /\.test\.|\.tfstate|\.tsbuildinfo|\.tgz/.test(it))).toEqual([]);
  expect(entries.filter((it) => /(^|\/)(\.|tests?\/|node_modules\/|cache)/.test(it))).toEqual([]);
  expect(entries.filter((it) => it.endsWith(".ts") && !it.endsWith(".d.ts"))).toEqual([]);
  expect(bytes).toBeLessThan(LARGEST_BYTES);
});

test("npm installs it beside cdktf and cdktn without a complaint, and nothing that compiles TypeScript", () => {
  expect(said.join("")).not.toMatch(/EBADENGINE|ERESOLVE|EPEERINVALID/);
  for (const it of ["ts-node", "typescript", "cdktf-cli"]) {
    expect(existsSync(path.join(consumer.folder, "node_modules", it))).toBe(false);
  }
});

test("the command runs as JavaScript: version, schema, validate, and a lab of its own", async () => {
  const schema = readFileSync(path.join(ROOT, "schema", "cluster.schema.json"), "utf8");
  const up = ["armstead", "lab", "up", "--driver", "process", "--prepare", "debian_13", "--json"];

  expect(await consumer.npx(["armstead", "--version"])).toEqual({
    code: 0,
    output: `${version}\n`,
  });
  expect((await consumer.npx(["armstead", "schema"])).output).toBe(schema);
  const started = await consumer.npx([...up, "--quiet", "--port", "0", "--node-port", "0"], env);
  expect(started.code).toBe(0);
  useLab(started.output);
  const validated = await consumer.npx(["armstead", "validate", "cluster.yaml"]);
  expect(validated).toEqual({ code: 0, output: "1 file checked, no fault\n" });
  const status = await consumer.npx(["armstead", "lab", "status"], env);
  expect(status.code).toBe(0);
  expect(status.output).toMatch(/^driver process: .*\n0 projects, 0 keys, 0 devices\n$/);
});

test("every entry of exports is there at run time and for the compiler, strict, NodeNext and CommonJS", async () => {
  const [readme = ""] =
    /(?<=```ts\n)[^`]*/.exec(readFileSync(path.join(ROOT, "README.md"), "utf8")) ?? [];
  const program = readFileSync(PROGRAM, "utf8");
  const names = exportedNames(tarball.entries);
  for (const it of ["main.ts", "main.mts"]) consumer.write(it, program);
  consumer.write("exports.ts", exportsSource(names));

  await Promise.all([
    consumer.compile("esm", NODE_NEXT, ["main.mts", "exports.ts"]),
    consumer.compile("cjs", COMMON_JS, ["main.ts", "exports.ts"]),
  ]);
  await consumer.node(["cjs/exports.js"]);

  expect(program).toContain(readme);
  expect(names).toContain("armstead/constructs/l1/device");
});

test("a cluster by code and one by file are the same stack, from CommonJS and from ES modules", async () => {
  await consumer.node(["cjs/main.js"], { ...env, CDKTF_OUTDIR: "out" });
  await consumer.node(["esm/main.mjs"], { ...env, CDKTF_OUTDIR: "out-esm" });

  const stacks = consumer.stacks("out");
  expect(Object.keys(stacks)).toEqual(["by-code", "by-file"]);
  expect(stacks["by-code"]).toContain("armstead_device");
  expect(stacks["by-code"]?.replaceAll("by-code", "by-file")).toBe(stacks["by-file"]);
  expect(consumer.stacks("out-esm")).toEqual(stacks);
});

test("terraform plans both in the stack's folder, applies one node and destroys it", async () => {
  const [byCode, byFile] = ["by-code", "by-file"].map(terraformOf);
  await byFile?.init();
  await byCode?.init();

  // What clusters of a stack share is named after it.
  const planned = (await byFile?.plan())?.changes.map(({ address }) =>
    address.replace("by-file", "by-code"),
  );
  expect(planned).toContain('armstead_device.edge_members["members-0"]');
  expect((await byCode?.plan())?.changes.map(({ address }) => address)).toEqual(planned);
  await byCode?.apply();
  const during = await consumer.npx(["armstead", "lab", "status"], env);
  expect(during.output).toMatch(/members-0 .* active +running/);
  await byCode?.destroy();
  const after = await consumer.npx(["armstead", "lab", "status"], env);
  expect(after.output).toContain("0 projects, 0 keys, 0 devices");
});

test("another package's kind of deployment: packed, installed, validated, applied and destroyed", async () => {
  const source = path.join(ROOT, "examples", OWN_DEPLOYMENT);
  const kind = new Consumer(path.join(world.folder, "chrony"));
  cpSync(source, kind.folder, { recursive: true });
  await kind.install(tarball.file, "cdktf", "constructs", "zod@4");
  await kind.compile("dist", COMMON_JS, ["src/chrony.ts"], "src");
  await must("npm", ["pack", "--ignore-scripts"], { cwd: kind.folder });
  const [packed = ""] = readdirSync(kind.folder).filter((it) => it.endsWith(".tgz"));
  const user = new Consumer(path.join(world.folder, "clocks"));
  await user.install(tarball.file, path.join(kind.folder, packed), "cdktf", "constructs", "zod@4");
  for (const it of ["id_ed25519", "id_ed25519.pub"]) {
    cpSync(path.join(world.folder, it), path.join(user.folder, it));
  }
  const file = readFileSync(path.join(source, "cluster.yaml"), "utf8");
  user.write("cluster.yaml", file);
  user.write("two.yaml", file.replace("count: 3", "count: 2"));
  user.write(
    "main.ts",
    readFileSync(path.join(source, "src", "main.ts"), "utf8").replace(
      "./chrony",
      "armstead-chrony",
    ),
  );
  await user.compile("cjs", COMMON_JS, ["main.ts"]);

  const validate = ["armstead", "validate", "cluster.yaml", "two.yaml"];
  const unknown = await user.npx(validate);
  const known = await user.npx([...validate, "--with", "armstead-chrony"]);
  await user.node(["cjs/main.js"], { ...env, CDKTF_OUTDIR: "out" });
  const terraform = new Terraform(path.join(user.folder, "out", "stacks", OWN_DEPLOYMENT), env);
  await terraform.init();
  await terraform.apply();
  const { changes } = await terraform.plan();
  const { endpoint } = await terraform.outputs();
  await terraform.destroy();

  expect(
    readFileSync(path.join(source, "src", "chrony.ts"), "utf8").split("\n").length,
  ).toBeLessThan(60);
  expect(unknown.output).toContain('AS1207  deployment: unknown kind "chrony"');
  expect(known.output).toMatch(/^two.yaml:9:3 {2}AS1235 {2}of two clocks none is right/m);
  expect(known.output).not.toMatch(/^cluster.yaml:/m);
  expect(changes).toEqual([]);
  expect(String(endpoint).split(",")).toHaveLength(3);
});

test("with cdktn under cdktf's name types fit, and stacks are the same but for its version", async () => {
  for (const it of [consumer, moved]) useFiles(it);
  moved.write("main.mts", readFileSync(PROGRAM, "utf8"));
  await moved.compile("esm", { ...NODE_NEXT, skipLibCheck: true }, ["main.mts"]);

  for (const it of [consumer, moved]) {
    await it.node(["esm/main.mjs", ...EXAMPLES.map(exampleFile)], { ...env, CDKTF_OUTDIR: "all" });
  }

  expect(versionOf(moved)).not.toBe(versionOf(consumer));
  const [before, after] = [consumer, moved].map((it) => withoutVersions(it.stacks("all")));
  expect(Object.keys(after ?? {})).toEqual(["by-code", "by-file", ...EXAMPLES]);
  expect(after).toEqual(before);
});

function foldersIn(folder: string): string[] {
  const below = tarball.entries.filter((it) => it.startsWith(`${folder}/`));
  return [...new Set(below.map((it) => it.split("/")[1] ?? ""))].sort();
}

/** Tells the programs of the lab: one by its environment, the other by its cluster file. */
function useLab(output: string): void {
  const { nodeServices } = z.object({ nodeServices: z.url() }).parse(JSON.parse(output));
  const base = nodeServices.replace("127.0.0.1", "lab");
  const url = `${base}/artifacts/etcd-linux-{{ ansible_architecture }}.tar`;
  const checksum = `sha256:${base}/artifacts/SHA256SUMS`;
  env = { ...world.env, ETCD_URL: url, ETCD_CHECKSUM: checksum };
  useFiles(consumer);
}

/** The cluster file, its key, and the examples with theirs. */
function useFiles(of: Consumer): void {
  const { ETCD_URL: url, ETCD_CHECKSUM: checksum } = env;
  const cluster = world.cluster({
    access: { sshKeys: ["id_ed25519.pub"] },
    kernel: "realtime",
    pools: [{ name: "members", role: "etcd-member", count: 1 }],
    registries: {
      mirrors: [{ registry: "docker.io", endpoints: [{ url: "http://mirror.example:5000" }] }],
    },
    deployment: { kind: "etcd", artifacts: { url, checksum } },
  });
  of.write("cluster.yaml", stringify(cluster));
  cpSync(world.keyFile, path.join(of.folder, "id_ed25519"));
  const key = readFileSync(`${world.keyFile}.pub`, "utf8");
  for (const it of ["", ".armstead/demo/"]) of.write(`${it}id_ed25519.pub`, key);
  cpSync(path.join(ROOT, "examples"), path.join(of.folder, "examples"), { recursive: true });
}

function exampleFile(name: string): string {
  return path.join("examples", name, "cluster.yaml");
}

function terraformOf(stack: string): Terraform {
  return new Terraform(path.join(consumer.folder, "out", "stacks", stack), env);
}

function versionOf(of: Consumer): unknown {
  return stackSchema.parse(JSON.parse(of.stacks("all")["by-code"] ?? ""))["//"].metadata.version;
}

const stackSchema = z.looseObject({
  "//": z.looseObject({ metadata: z.looseObject({ version: z.string() }) }),
});

/** The stacks as objects: the two write empty ones with and without a line break. */
function withoutVersions(stacks: Readonly<Record<string, string>>): Record<string, unknown> {
  const entries = Object.entries(stacks).map(([name, text]) => {
    const { "//": comment, ...stack } = stackSchema.parse(JSON.parse(text));
    const { version: _version, ...metadata } = comment.metadata;
    return [name, { ...stack, "//": { ...comment, metadata } }] as const;
  });
  return Object.fromEntries(entries);
}
