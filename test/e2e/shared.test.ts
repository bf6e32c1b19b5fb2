/**
 * Clusters that share: two of one stack have a project and a key in common, one of another stack finds them
 * there. A secret reaches the nodes and stays nowhere else. The tests of this file build on each other.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { type AccessProps, ArmCluster, MetalSubstrate } from "../../constructs";
import { Terraform } from "./support/terraform";
import { World } from "./support/world";

const SECRET = "a-secret-of-the-plays";
const PLAY = `- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.copy: { dest: /root/secret, content: "{{ db_password }}", mode: "0600" }
      no_log: true
    - ansible.builtin.copy: { dest: /root/other, content: "{{ other }}" }
`;

let world: World;
let terraform: Terraform;

beforeAll(async () => {
  world = await World.open();
  writeFileSync(path.join(world.folder, "secret.yml"), PLAY);
  terraform = await synth("shared", ["a", "b"]);
}, 300_000);

afterAll(() => world.close());

test("two clusters come up in one project with one key, and one knows the other's address", async () => {
  await terraform.apply();

  const [project, ...others] = await world.api.listProjects({}, {});
  expect(others).toEqual([]);
  expect(await hostnames()).toEqual(["a-0", "b-0"]);
  expect(await world.api.listSshKeys(project?.id, {})).toHaveLength(1);
  const state = readFileSync(path.join(world.folder, "shared.tfstate"), "utf8");
  expect(state).toMatch(/"other": "before: 127\.[\d.]+"/);
  const { changes } = await terraform.plan();
  expect(changes).toEqual([]);
});

test("the secret is in no file of the stack, nor in a saved plan", async () => {
  const plan = await terraform.must("show", "-json", "tfplan");
  const files = readdirSync(world.folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && /\.(json|tfstate|backup|tfplan|jsonl)$/.test(it.name))
    .map((it) => readFileSync(path.join(it.parentPath, it.name), "utf8"));

  expect(files.filter((it) => it.includes("db_password"))).not.toEqual([]);
  expect([...files, plan].filter((it) => it.includes(SECRET))).toEqual([]);
});

test("a cluster of another stack finds project and key where they are", async () => {
  const guest = await synth("guest", ["c"], { createKeys: false }, false);

  await guest.apply();

  expect(await hostnames()).toEqual(["a-0", "b-0", "c-0"]);
  await guest.destroy();
  expect(await world.leftovers()).toHaveLength(3);
});

test("when the first cluster goes, nothing of the second is made anew", async () => {
  const ids = async (): Promise<string[]> => {
    const [project] = await world.api.listProjects({}, {});
    const devices = await world.api.listDevices(project?.id ?? "", {}, {});
    return [
      project?.id ?? "",
      ...devices.filter((it) => it.hostname === "b-0").map(({ id }) => id),
    ];
  };
  const before = await ids();

  terraform = await synth("shared", ["b"]);
  await terraform.apply();

  expect(await hostnames()).toEqual(["b-0"]);
  expect(await ids()).toEqual(before);
  await terraform.destroy();
  expect(await world.leftovers()).toEqual([]);
});

async function hostnames(): Promise<string[]> {
  const [project] = await world.api.listProjects({}, {});
  const devices = await world.api.listDevices(project?.id ?? "", {}, {});
  return devices.map((it) => it.hostname).sort();
}

/** A stack with clusters of one worker each; each knows the address of the one before it. */
async function synth(
  id: string,
  clusters: readonly string[],
  access: AccessProps = {},
  createProject = true,
): Promise<Terraform> {
  const app = new App({ outdir: path.join(world.folder, `${id}.out`) });
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: path.join(world.folder, `${id}.tfstate`) });
  const secret = new TerraformVariable(stack, "db_password", { type: "string", sensitive: true });
  secret.addOverride("ephemeral", true);
  let other = "none";
  for (const name of clusters) {
    const cluster = new ArmCluster(stack, name, {
      substrate: new MetalSubstrate({ project: "e2e", metro: "da", createProject }),
      access: { sshKeys: [`${world.keyFile}.pub`], ...access },
      bootstrap: {
        plays: [path.join(world.folder, "secret.yml")],
        vars: { other: `before: ${other}` },
        secretVars: { db_password: secret.stringValue },
      },
    });
    cluster.addNodePool(name, { role: "worker", count: 1, devicePlan: "c3.large.arm64" });
    other = cluster.endpoint;
  }
  app.synth();
  const env = { ...world.env, TF_VAR_db_password: SECRET };
  const made = new Terraform(path.join(app.outdir, "stacks", id), env);
  await made.init();
  return made;
}
