import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, PgBackend } from "cdktf";
import { PROVIDER_PACKAGE_CONTEXT } from "../../constructs/provider-package";
import { ClusterStack } from "../../stacks";
import { clusterFolder, clusterText, loadText } from "../support/cluster-folder";
import { synthConfig, type Synthesized } from "../support/synth";

const root = path.join(__dirname, "..", "..");

test("ClusterStack keeps its state at the root of the repository, by a path that names no machine", () => {
  const { terraform } = JSON.parse(synthConfig(loadText(clusterText()).config)) as Synthesized;

  expect(terraform.backend).toEqual({ local: { path: "../../../terraform.edge.tfstate" } });
});

test("ClusterStack leaves its state to the backend that it is given", () => {
  const outdir = path.join(mkdtempSync(path.join(tmpdir(), "backend-")), "out");
  const app = new App({ outdir, context: { [PROVIDER_PACKAGE_CONTEXT]: "none" } });
  const stack = new ClusterStack(app, "edge", loadText(clusterText()).config);

  new PgBackend(stack, { connStr: "postgres://db.example/armstead" });
  app.synth();

  const text = readFileSync(path.join(outdir, "stacks", "edge", "cdk.tf.json"), "utf8");
  const { terraform } = JSON.parse(text) as Synthesized;
  expect(terraform.backend).toMatchObject({ pg: { conn_str: "postgres://db.example/armstead" } });
  expect(Object.keys(terraform.backend as object)).toEqual(["pg"]);
});

test("ClusterStack tells people and scripts where the nodes are", () => {
  const { output } = JSON.parse(synthConfig(loadText(clusterText()).config)) as Synthesized;

  expect(Object.keys(output ?? {})).toEqual(["endpoint", "nodes"]);
  expect(output?.nodes?.value).toContain("armstead_device.edge_workers");
});

test("ClusterStack opens no socket, asks no clock and starts no process: it is the same every time", () => {
  const { config } = loadText(clusterText());

  expect(synthConfig(config)).toBe(synthConfig(config));
});

test("main.ts writes the stack of the file that ARMSTEAD_CLUSTER names", () => {
  const { status, outdir, stderr } = runMain(clusterText());

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const file = path.join(outdir, "stacks", "edge", "cdk.tf.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toHaveProperty("resource.armstead_playbook");
}, 30_000);

test("main.ts tells all faults without a stack trace, ends with 1 and writes nothing", () => {
  const text = clusterText().replace("role: worker", "role: woker").replace("count: 2", "cuont: 2");

  const { status, outdir, stderr } = runMain(text);

  const lines = stderr.trim().split("\n");
  expect(status).toBe(1);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/cluster\.yaml:8:28 {2}AS1203 {2}pool "workers": unknown role "woker"/);
  expect(lines[1]).toMatch(/cluster\.yaml:8:35 {2}AS1206 .*did you mean "count"\?$/);
  expect(existsSync(outdir)).toBe(false);
}, 30_000);

function runMain(text: string): { status: number | null; outdir: string; stderr: string } {
  const outdir = path.join(mkdtempSync(path.join(tmpdir(), "main-")), "out");
  const env = {
    ...process.env,
    ARMSTEAD_CLUSTER: path.join(clusterFolder(text), "cluster.yaml"),
    CDKTF_OUTDIR: outdir,
    CDKTF_CONTEXT_JSON: JSON.stringify({ armsteadProviderPackage: "none" }),
  };
  const { status, stderr } = spawnSync("node", ["-r", "./scripts/load-typescript.js", "main.ts"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  return { status, outdir, stderr };
}
