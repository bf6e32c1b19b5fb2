import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App } from "cdktf";
import { version } from "../../package.json";
import { ClusterStack } from "../../stacks";
import { clusterText, loadText } from "../support/cluster-folder";

const root = path.join(__dirname, "..", "..");
const { config } = loadText(clusterText());

beforeAll(() => {
  // A clone that was never built has no provider yet.
  if (existsSync(path.join(root, "dist", "provider-manifest.json"))) return;
  execFileSync("node", ["-r", "ts-node/register", "scripts/build-provider.ts"], { cwd: root });
}, 60_000);

test("a stack is initialized, validated and left unchanged by plain terraform, without a network", () => {
  const stack = synthesize();
  const lock = readFileSync(path.join(stack, ".terraform.lock.hcl"), "utf8");

  terraform(stack, "init", "-input=false", "-lockfile=readonly");
  const validated = JSON.parse(terraform(stack, "validate", "-json")) as { valid: boolean };
  terraform(stack, "init", "-input=false");

  expect(validated.valid).toBe(true);
  expect(readFileSync(path.join(stack, ".terraform.lock.hcl"), "utf8")).toBe(lock);
});

test("a stack carries one copy of the provider, and relative links for other platforms", () => {
  const stack = synthesize();

  const folder = path.join(stack, "terraform.d/plugins/terraform.local/armstead/armstead", version);
  expect(existsSync(path.join(folder, "linux_amd64", "package.json"))).toBe(true);
  for (const platform of ["linux_arm64", "darwin_amd64", "darwin_arm64"]) {
    expect(readlinkSync(path.join(folder, platform))).toBe("linux_amd64");
  }
});

test("a second synthesis mends a provider that was tampered with, and keeps other files of the stack", () => {
  const outdir = path.join(mkdtempSync(path.join(tmpdir(), "package-")), "out");
  const stack = synthesize(outdir);
  const stray = path.join(
    stack,
    "terraform.d/plugins/terraform.local/armstead/armstead",
    version,
    "linux_amd64",
    "stray",
  );
  writeFileSync(stray, "");
  writeFileSync(path.join(stack, "kept"), "");

  synthesize(outdir);

  expect(existsSync(stray)).toBe(false);
  expect(existsSync(path.join(stack, "kept"))).toBe(true);
});

function synthesize(
  outdir = path.join(mkdtempSync(path.join(tmpdir(), "package-")), "out"),
): string {
  const app = new App({ outdir });
  new ClusterStack(app, "edge", config);
  app.synth();
  return path.join(outdir, "stacks", "edge");
}

function terraform(cwd: string, ...words: string[]): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
  return execFileSync("terraform", words, { cwd, env, encoding: "utf8" });
}
