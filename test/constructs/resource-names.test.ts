/** Names in Terraform: valid and unique wherever a cluster stands, and short right below the stack. */
import path from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { ArmCluster, MetalSubstrate } from "../../constructs";
import { clusterPrefix, identifier } from "../../constructs/resource-names";
import { clusterFolder } from "../support/cluster-folder";
import { synth } from "../support/synth";
import { validate } from "../support/validated";

const key = path.join(clusterFolder(""), "key.pub");
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function add(scope: Construct, endpoint = "lab"): void {
  new ArmCluster(scope, "edge", {
    substrate: new MetalSubstrate({ project: "demo", metro: "da", endpoint, createProject: true }),
    access: { sshKeys: [key] },
  }).addNodePool("w", { role: "worker", count: 1, devicePlan: "c3.large.arm64" });
}

/** Clusters of one name in scopes whose ids look alike, or like nothing of Terraform. */
function addEverywhere(stack: TerraformStack): void {
  add(stack);
  const x = new Construct(stack, "x");
  for (const scope of [
    new Construct(stack, "x_y"),
    new Construct(x, "y"),
    new Construct(stack, "team: A.1"),
    new Construct(stack, "1st"),
  ]) {
    add(scope);
  }
  for (const api of ["one", "two", "three"]) {
    add(new Construct(stack, api), `https://${api}.example`);
  }
}

test("every cluster has its own resources, under names that Terraform takes", () => {
  const { resource, provider } = synth(addEverywhere);

  const names = Object.keys(resource.armstead_device ?? {});
  expect(names).toHaveLength(8);
  expect(names).toContain("edge_w");
  expect(Object.keys(resource.armstead_playbook ?? {})).toHaveLength(8);
  const all = Object.values(resource).flatMap((it) => Object.keys(it));
  expect(all.filter((it) => !NAME.test(it))).toEqual([]);
  const aliases = provider.armstead.map(({ alias }) => alias);
  expect(new Set(aliases).size).toBe(4);
  expect(
    aliases.filter((it) => it !== undefined && !NAME.test(JSON.stringify(it).slice(1, -1))),
  ).toEqual([]);
});

test("terraform takes clusters of one name in scopes of any name, with several APIs", () => {
  expect(validate(addEverywhere, "2.any")).toMatchObject({ valid: true, diagnostics: [] });
});

test("clusterPrefix() is the plain name right below the stack, and the same in every synth elsewhere", () => {
  const stack = new TerraformStack(Testing.app(), "test");
  const scope = new Construct(stack, "team: A.1");

  expect(clusterPrefix(new Construct(stack, "edge"))).toBe("edge");
  expect(clusterPrefix(new Construct(scope, "edge"))).toMatch(/^teamA1_edge_[0-9A-F]{8}$/);
});

test.each([
  ["edge-1", "edge-1"],
  ["1st", "_1st"],
  ["-a", "_-a"],
  ["a b.c", "abc"],
  ["…", "_"],
])("identifier(%j) is %j", (text, name) => {
  expect(identifier(text)).toBe(name);
});
