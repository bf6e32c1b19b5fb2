/** What clusters of one stack share: the project, and the keys in it. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import {
  type AccessProps,
  ArmCluster,
  MetalSubstrate,
  type MetalSubstrateProps,
} from "../../constructs";
import { clusterFolder, clusterText, loadText } from "../support/cluster-folder";
import { faultsOf } from "../support/faults-of";
import { synth, synthConfig, type Synthesized } from "../support/synth";
import { validate } from "../support/validated";

const folder = clusterFolder("");
const key = path.join(folder, "key.pub");
const copy = path.join(folder, "copy.pub");
const other = path.join(folder, "other.pub");
const blob = "AAAAC3NzaC1lZDI1NTE5AAAAI".padEnd(68, "B");
writeFileSync(other, `ssh-ed25519 ${blob} other\n`);
writeFileSync(copy, loadText(clusterText()).config.access.sshKeys[0]?.line ?? "");

function add(
  scope: Construct,
  id: string,
  substrate: MetalSubstrate | Partial<MetalSubstrateProps> = {},
  access: AccessProps = {},
): ArmCluster {
  const given =
    substrate instanceof MetalSubstrate
      ? substrate
      : new MetalSubstrate({ project: "demo", metro: "da", ...substrate });
  const cluster = new ArmCluster(scope, id, {
    substrate: given,
    access: { sshKeys: [key], ...access },
  });
  cluster.addNodePool("w", { role: "worker", count: 1, devicePlan: "c3.large.arm64" });
  return cluster;
}

const keyIds = ({ resource }: Synthesized, cluster: string): unknown =>
  resource.armstead_device?.[`${cluster}_w`]?.project_ssh_key_ids;

test("clusters of a stack share a project, whoever describes it", () => {
  const { resource } = synth((stack) => {
    const shared = new MetalSubstrate({ project: "demo", metro: "ny" });
    add(stack, "a");
    add(stack, "b");
    add(stack, "c", shared);
    add(stack, "d", shared);
  });

  expect(Object.keys(resource.armstead_project ?? {})).toEqual(["test_project"]);
  for (const id of ["a", "b", "c", "d"]) {
    expect(resource.armstead_claim?.[`${id}_claim`]?.project_id).toBe(
      "${armstead_project.test_project.id}",
    );
  }
});

test("what is shared stays what it is when the first cluster goes", () => {
  const names = (clusters: readonly string[]): unknown => {
    const { resource } = synth((stack) => {
      for (const id of clusters) add(stack, id);
    });
    return [
      resource.armstead_project,
      resource.armstead_ssh_key,
      resource.armstead_claim?.test_access,
    ];
  };

  expect(names(["b"])).toEqual(names(["a", "b"]));
});

test("projects of other names and other APIs are others", () => {
  const { resource, data } = synth((stack) => {
    add(stack, "a");
    add(stack, "b", { project: "other" });
    add(stack, "c", { endpoint: "https://api.example" });
    add(stack, "d", { endpoint: "https://api.example" });
  });

  const projects = resource.armstead_project ?? {};
  expect(
    Object.values(projects)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["demo", "other"]);
  expect(Object.values(data?.armstead_project ?? {})).toMatchObject([{ name: "demo" }]);
  expect(Object.keys(resource.armstead_ssh_key ?? {})).toHaveLength(3);
});

test("a project whose name is a variable is one project", () => {
  const { resource } = synth((stack) => {
    const name = new TerraformVariable(stack, "v", {});
    add(stack, "a", { project: name.stringValue });
    add(stack, "b", { project: name.stringValue });
  });

  expect(Object.values(resource.armstead_project ?? {})).toMatchObject([{ name: "${var.v}" }]);
});

test("a project is not both made and looked up in one stack", () => {
  const faults = faultsOf(() =>
    synth((stack) => {
      add(stack, "a");
      add(stack, "b", { createProject: false });
    }),
  );

  expect(faults).toMatchObject([{ code: "AS1606", path: "substrate.metal", given: "demo" }]);
});

test("a key is added to a project once, under a claim of the stack; each cluster gets its own keys", () => {
  const found = synth((stack) => {
    add(stack, "a");
    add(stack, "b", {}, { sshKeys: [copy, other] });
  });

  const { test_access: keys } = found.resource.armstead_ssh_key ?? {};
  const names = Object.keys(keys?.for_each as object);
  expect(names).toEqual([
    expect.stringMatching(/^key-\w{8}$/),
    expect.stringMatching(/^other-\w{8}$/),
  ]);
  expect(keys?.claim_id).toBe("${armstead_claim.test_access.id}");
  const at = names.map((it) => `armstead_ssh_key.test_access["${it}"].id`);
  expect(keyIds(found, "a")).toBe(`\${[${at[0] ?? ""}]}`);
  expect(keyIds(found, "b")).toBe(`\${[${at.join(", ")}]}`);
});

test("keys that the project has already are looked up, unless the stack itself adds them", () => {
  const existing = { createKeys: false };
  const alone = synth((stack) => {
    add(stack, "a", {}, existing);
  });
  const together = synth((stack) => {
    add(stack, "a", {}, { ...existing, sshKeys: [key, other] });
    add(stack, "b");
    add(stack, "c", {}, existing);
  });

  expect(alone.resource).not.toHaveProperty("armstead_ssh_key");
  expect(alone.resource.armstead_claim).not.toHaveProperty("test_access");
  expect(alone.data?.armstead_ssh_key?.test_access).toMatchObject({
    project_id: "${armstead_project.test_project.id}",
    public_key: "${each.value}",
  });
  expect(keyIds(alone, "a")).toMatch(
    /^\$\{\[data\.armstead_ssh_key\.test_access\["key-\w{8}"\]\.id\]\}$/,
  );
  expect(Object.keys(together.data?.armstead_ssh_key?.test_access?.for_each as object)).toEqual([
    expect.stringMatching(/^other-/),
  ]);
  expect(keyIds(together, "a")).toMatch(
    /^\$\{\[armstead_ssh_key\.\S+, data\.armstead_ssh_key\.\S+\]\}$/,
  );
  expect(keyIds(together, "c")).toBe(keyIds(together, "b"));
});

test("a cluster file says that the project has the keys", () => {
  const file = clusterText().replace("[./key.pub] }", "[./key.pub], createKeys: false }");

  const { data, resource } = JSON.parse(synthConfig(loadText(file).config)) as Synthesized;

  expect(data?.armstead_ssh_key).toHaveProperty("edge_access");
  expect(resource).not.toHaveProperty("armstead_ssh_key");
});

test("terraform takes two clusters in one project with one key, made or looked up", () => {
  const build = (createKeys: boolean) =>
    validate((stack) => {
      for (const id of ["a", "b"]) add(stack, id, {}, { createKeys });
    });

  expect(build(true)).toMatchObject({ valid: true, diagnostics: [] });
  expect(build(false)).toMatchObject({ valid: true, diagnostics: [] });
});
