/** Every example is synthesized, compared and validated by the real terraform. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type LoadedCluster } from "../../cluster";
import { ArmCluster } from "../../constructs";
import { PROVIDER_PACKAGE_CONTEXT } from "../../constructs/provider-package";
import { ClusterStack, readCluster } from "../../stacks";
import { withoutPlayTexts } from "../support/play-names";
import { type Synthesized } from "../support/synth";

const root = path.join(__dirname, "..", "..");
/** A package's own kind of deployment is tested as a package: test/e2e/package.test.ts. */
const isCluster = (it: string) => !existsSync(path.join(root, "examples", it, "package.json"));
const examples = readdirSync(path.join(root, "examples")).filter(isCluster).sort();

test.each(examples)("example %s: README, no fault, no warning", (name) => {
  const { loaded } = load(name);

  expect(existsSync(path.join(root, "examples", name, "README"))).toBe(true);
  expect(loaded.warnings).toEqual([]);
  expect(loaded.config.metadata.name).toBe(name);
});

test.each(examples)(
  "example %s synthesizes to what it did before, which terraform and the provider take",
  (name) => {
    const { folder, text } = synthesize(name);
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
    const run = (...words: string[]): string =>
      execFileSync("terraform", words, { cwd: folder, env, encoding: "utf8" });

    run("init", "-input=false", "-lockfile=readonly");

    expect(withoutPlayTexts(JSON.parse(text) as Synthesized)).toMatchSnapshot();
    expect(JSON.parse(run("validate", "-json"))).toMatchObject({ valid: true, diagnostics: [] });
  },
);

test.each(examples)("example %s is the same to the byte by file and by code", (name) => {
  const program = jest.requireActual<{ build: (scope: Construct) => ArmCluster }>(
    path.join(root, "examples", name, "cluster.ts"),
  );
  const { loaded, repository } = load(name);
  const at = { name, repository };

  const file = writtenBy(at, (stack) => ArmCluster.fromConfig(stack, name, loaded.config));
  const code = writtenBy(at, (stack) => program.build(stack));

  expect(Object.keys(file)).toContain(`stacks/${name}/cdk.tf.json`);
  expect(code).toEqual(file);
});

/** Every file that synth writes for a cluster alone, by its path. */
function writtenBy(
  { name, repository }: { readonly name: string; readonly repository: string },
  build: (stack: TerraformStack) => ArmCluster,
): Readonly<Record<string, string>> {
  const before = process.cwd();
  const outdir = path.join(repository, "cdktf.out");
  // Paths in code count from the current folder, those in a file from the file's.
  process.chdir(path.join(repository, "examples", name));
  try {
    const app = new App({ outdir, context: { [PROVIDER_PACKAGE_CONTEXT]: "none" } });
    build(new TerraformStack(app, name));
    app.synth();
    const all = readdirSync(outdir, { recursive: true, withFileTypes: true });
    const files = all.filter((it) => it.isFile()).map((it) => path.join(it.parentPath, it.name));
    return Object.fromEntries(
      files.sort().map((it) => [path.relative(outdir, it), readFileSync(it, "utf8")]),
    );
  } finally {
    process.chdir(before);
    rmSync(outdir, { recursive: true, force: true });
  }
}

function synthesize(name: string): { folder: string; text: string } {
  const { repository, loaded } = load(name);
  const app = new App({ outdir: path.join(repository, "cdktf.out") });
  new ClusterStack(app, name, loaded.config);
  app.synth();
  const folder = path.join(repository, "cdktf.out", "stacks", name);
  return { folder, text: readFileSync(path.join(folder, "cdk.tf.json"), "utf8") };
}

/** The example in a repository of its own, with the key that the demo would make. */
function load(name: string): { repository: string; loaded: LoadedCluster } {
  const repository = mkdtempSync(path.join(tmpdir(), "example-"));
  cpSync(path.join(root, "examples", name), path.join(repository, "examples", name), {
    recursive: true,
  });
  const keys = path.join(repository, ".armstead", "demo");
  mkdirSync(keys, { recursive: true });
  cpSync(
    path.join(root, "test", "cluster", "load-files", "key.pub"),
    path.join(keys, "id_ed25519.pub"),
  );
  const file = path.join("examples", name, "cluster.yaml");
  return { repository, loaded: readCluster(file, { environment: {}, folder: repository }) };
}
