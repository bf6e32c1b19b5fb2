/**
 * State in Terraform's own `pg` backend: two operators with a clone, a home and a key each share a
 * cluster through a real PostgreSQL. The tests of this file build on each other.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Operator } from "./support/operator";
import { PostgresServer } from "./support/postgres-server";
import { type Running, signalGroup } from "./support/run";
import { World } from "./support/world";

const APPLY = ["apply", "-input=false", "-no-color", "-auto-approve"];
const STATES = "select * from terraform_remote_state.states";

const database = new PostgresServer();
let world: World;
let ann: Operator;
let bob: Operator;
let first: Running | undefined;

beforeAll(async () => {
  [world] = await Promise.all([World.open(), database.start()]);
  ann = new Operator("ann", world, database);
  bob = new Operator("bob", world, database);
  const cluster = world.cluster({
    metadata: { name: "shared" },
    access: { sshKeys: ["keys/ann.pub", "keys/bob.pub"], privateKey: "~/.ssh/id_ed25519" },
    pools: [{ name: "nodes", role: "worker", count: 1 }],
  });
  const files = { "keys/ann.pub": ann.publicKey, "keys/bob.pub": bob.publicKey };
  for (const it of [ann, bob]) await it.synth(cluster, files);
}, 300_000);

afterAll(async () => {
  // What was stopped by a signal ends only by the strongest.
  if (first?.child.exitCode === null && first.child.signalCode === null) {
    signalGroup(first, "SIGKILL");
    await first.ended;
  }
  await world.close();
  await database.close();
});

test("both synthesize the same bytes, without a login of the database", () => {
  const [one, other] = [ann, bob].map((it) => read(it, "cdk.tf.json"));

  expect(one).toBe(other);
  expect(one).toContain(database.url);
  expect(one).not.toContain(database.password);
});

test("of two applies at the same time one is told of the lock, and nothing is made twice", async () => {
  first = ann.terraform.start(...APPLY);
  await first.seen(/armstead_device\..*: Creating/);
  signalGroup(first, "SIGSTOP");
  const second = await bob.terraform.run(...APPLY);
  signalGroup(first, "SIGCONT");

  expect((await first.ended).code).toBe(0);
  expect(second.code).toBe(1);
  expect(second.output).toContain("Error acquiring the state lock");
  expect(second.output).not.toContain("Creating");
  const [project, ...others] = await world.api.listProjects({}, {});
  const devices = await world.api.listDevices(project?.id ?? "", {}, {});
  const keys = await world.api.listSshKeys(project?.id, {});
  expect(others).toEqual([]);
  expect(devices.map((it) => it.hostname)).toEqual(["nodes-0"]);
  expect(keys.map((it) => it.label.replace(/-.*/, "")).sort()).toEqual([
    "shared ann",
    "shared bob",
  ]);
});

test("the other operator, with a key of their own, looks at the node and has nothing to do", async () => {
  world.takeEvents();

  const { changes, text } = await bob.terraform.plan();

  expect(changes).toEqual([]);
  expect(text).toContain("No changes");
  expect(text).not.toContain("Warning");
  const looked = world.takeEvents().flatMap((it) => (it.event === "task.end" ? [it.host] : []));
  expect(new Set(looked)).toEqual(new Set(["nodes-0"]));
});

test("the database holds the cluster, and no secret of anybody", async () => {
  const state = await database.query(STATES);
  const kept = [ann, bob].map((it) => it.publicKey.split(" ")[1] ?? "");
  const secrets = [
    world.lab.connection.token,
    database.password,
    ...[ann, bob].flatMap((it) => it.privateKey.trim().split("\n")),
  ];

  for (const it of ["armstead_device", "nodes-0", ...kept]) expect(state).toContain(it);
  expect(secrets.length).toBeGreaterThan(8);
  expect(secrets.filter((it) => state.includes(it))).toEqual([]);
  const remembered = read(bob, path.join(".terraform", "terraform.tfstate"));
  expect(secrets.filter((it) => remembered.includes(it))).toEqual([]);
});

test("the other operator destroys it all, and the first one knows", async () => {
  await bob.terraform.destroy();

  expect(await world.leftovers()).toEqual([]);
  expect(await database.query(STATES)).toContain('"resources": []');
  expect(await ann.terraform.must("state", "list")).toBe("");
});

function read(of: Operator, name: string): string {
  return readFileSync(path.join(of.terraform.folder, name), "utf8");
}
