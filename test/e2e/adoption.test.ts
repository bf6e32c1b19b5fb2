/**
 * Which machine and which key belongs to which resource, through everything by which names move and claims go.
 * No resource ever takes over, or deletes, what another one in the state has.
 */
import type { Device } from "../../api/api";
import { HandWritten } from "./support/hand-written";
import { signalGroup } from "./support/run";
import { World } from "./support/world";
import { newSshKeyPair } from "../../core/ssh-key-pair";

let world: World;
let terraform: HandWritten;

/** A project, and a key outside any claim, without which the API makes no device. */
const project = (): string => `resource "armstead_project" "p" { name = "adoption" }
resource "armstead_ssh_key" "k" {
  project_id = armstead_project.p.id
  label = "k"
  public_key = file("${world.keyFile}.pub")
}
`;
const CLAIM = `resource "armstead_claim" "c" {
  name = "adoption"
  project_id = armstead_project.p.id
}
`;
const IN_CLAIM = "claim_id = armstead_claim.c.id";
const device = (name: string, ...more: readonly string[]): string =>
  `resource "armstead_device" "${name}" {
  project_id = armstead_project.p.id
  plan = "c3.large.arm64"
  metro = "da"
  operating_system = "debian_13"
  project_ssh_key_ids = [armstead_ssh_key.k.id]
  wait_for_ssh = false
  ${more.join("\n  ")}
}
`;
const counted = (...names: readonly string[]): string =>
  project() +
  CLAIM +
  device(
    "d",
    `count = ${names.length}`,
    `hostname = ${JSON.stringify(names)}[count.index]`,
    IN_CLAIM,
  );
const machines = async (): Promise<Device[]> => {
  const [project] = await world.api.listProjects({}, {});
  return project === undefined ? [] : world.api.listDevices(project.id, {}, {});
};
/** Host names by id. */
const hosts = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await machines()).map(({ id, hostname }) => [id, hostname]));
const devices = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(terraform.ids()).filter(([address]) => address.startsWith("armstead_device")),
  );

beforeAll(async () => {
  world = await World.open();
  terraform = await HandWritten.open(world, "tf");
});

afterEach(async () => {
  await terraform.destroy();
  expect(await world.leftovers()).toEqual([]);
});

afterAll(() => world.close());

test.each([
  { name: "is replaced", leaves: false, words: ["-replace=armstead_claim.c"] },
  { name: "leaves the configuration", leaves: true, words: [] },
])("when a claim $name, the plan says that its devices go with it", async ({ leaves, words }) => {
  const before = counted("a", "b");
  terraform.write(before);
  await terraform.apply();
  terraform.write(leaves ? before.replace(CLAIM, "").replace(IN_CLAIM, "") : before);

  const { changes } = await terraform.plan(...words);
  await terraform.must("apply", "-no-color", "tfplan");

  const devicesPlanned = changes.filter(({ type }) => type === "armstead_device");
  expect(devicesPlanned.map(({ change }) => change.actions)).toEqual([
    ["delete", "create"],
    ["delete", "create"],
  ]);
  expect(Object.values(devices()).sort()).toEqual(Object.keys(await hosts()).sort());
});

test("a claim whose devices are not part of the plan does not go, and they stay", async () => {
  terraform.write(counted("a"));
  await terraform.apply();
  const before = await hosts();

  const words = ["-target=armstead_claim.c", "-replace=armstead_claim.c", "-auto-approve"];
  await terraform.plan();
  const { code, output } = await terraform.run("apply", "-no-color", ...words);

  expect(code).toBe(1);
  expect(output).toContain("AS2125");
  expect(await hosts()).toEqual(before);
});

test("names that move along a count move no machine", async () => {
  terraform.write(counted("a", "b"));
  await terraform.apply();
  const before = devices();
  terraform.write(counted("z", "a", "b"));

  const { changes } = await terraform.plan();
  await terraform.must("apply", "-no-color", "tfplan");

  expect(changes.map(({ index, change }) => [index, change.actions.join()])).toEqual([
    [0, "update"],
    [1, "update"],
    [2, "create"],
  ]);
  const after = devices();
  expect(after).toMatchObject(before);
  const names = ["z", "a", "b"].map((it, n) => [after[`armstead_device.d[${n}]`], it]);
  expect(await hosts()).toEqual(Object.fromEntries(names));
  expect((await terraform.plan()).changes).toEqual([]);
});

/** A device and a key, and others that may take their names. */
const named = (names: readonly string[], more = ""): string =>
  project() +
  CLAIM +
  names.map((it, n) => device(`d${n}`, `hostname = "${it}"`, IN_CLAIM)).join("") +
  more;
const key = (name: string, label: string, line: string): string =>
  `resource "armstead_ssh_key" "${name}" {
  project_id = armstead_project.p.id
  label = "${label}"
  public_key = "${line}"
  ${IN_CLAIM}
}
`;

test("a name that becomes free goes to a new machine and a new key; the renamed ones live on", async () => {
  const [old, added] = [1, 2].map(() => newSshKeyPair().publicKey);
  terraform.write(named(["b"], key("old", "b", old ?? "")));
  await terraform.apply();
  const before = terraform.ids();
  const keys = key("old", "c", old ?? "") + key("new", "b", added ?? "");
  const another = device("e", 'hostname = "b"', IN_CLAIM).replace("c3.large.arm64", "c2.large.arm");
  terraform.write(named(["c"], keys + another));

  const { text } = await terraform.plan();
  await terraform.must("apply", "-no-color", "tfplan");

  expect(text).toContain("2 to add, 2 to change, 0 to destroy");
  const after = terraform.ids();
  expect(after).toMatchObject(before);
  expect(await hosts()).toEqual({
    [before["armstead_device.d0"] ?? ""]: "c",
    [after["armstead_device.e"] ?? ""]: "b",
  });
  expect(after["armstead_ssh_key.new"]).not.toBe(before["armstead_ssh_key.old"]);
  expect((await terraform.plan()).changes).toEqual([]);
});

test("a saved plan without a refresh takes no machine over and deletes none", async () => {
  terraform.write(named(["b"]));
  await terraform.apply();
  const before = devices();
  const another = device("e", 'hostname = "b"', IN_CLAIM).replace("c3.large.arm64", "c2.large.arm");
  terraform.write(named(["b"], another));

  await terraform.plan("-refresh=false");
  const { code, output } = await terraform.run("apply", "-no-color", "tfplan");

  const id = before["armstead_device.d0"] ?? "";
  expect({ code, devices: devices(), hosts: await hosts() }).toEqual({
    code: 1,
    devices: before,
    hosts: { [id]: "b" },
  });
  expect(output.replace(/\s+/g, " ")).toContain(`device ${id} was made under this claim and name`);
  await terraform.apply();
  expect(devices()).toMatchObject(before);
  expect(Object.values(await hosts())).toEqual(["b", "b"]);
});

test("after a kill before the state was written, nothing is made twice or guessed, and destroy leaves nothing", async () => {
  terraform.write(counted("a", "b", "c"));
  await terraform.apply();
  const [before, machinesBefore] = [devices(), await hosts()];
  terraform.forget("armstead_device", 1);
  terraform.forget("armstead_device", 2);

  const { code, output } = await terraform.run("apply", "-no-color", "-auto-approve");
  const id = before["armstead_device.d[1]"] ?? "";
  await terraform.must("import", "-no-color", "armstead_device.d[1]", id);

  expect(code).toBe(1);
  expect(output).toContain("AS1867");
  expect(await hosts()).toEqual(machinesBefore);
  expect(devices()).toEqual({
    "armstead_device.d[0]": before["armstead_device.d[0]"],
    "armstead_device.d[1]": id,
  });
});

test("a kill during creation: the next apply goes on with the same machines", async () => {
  await world.lab.addFault({ kind: "provision-slow", seconds: 4, times: "always" });
  terraform.write(counted("a", "b"));
  const running = terraform.start("apply", "-auto-approve", "-no-color");
  await running.seen(/armstead_device\S*: Still creating|armstead_device\S*: Creating/);
  while ((await machines()).length < 2) await running.seen(/armstead_device/);

  signalGroup(running, "SIGKILL");
  await running.ended;
  const left = await hosts();
  await world.lab.clearFaults();
  await terraform.apply();

  expect(await hosts()).toEqual(left);
  expect(Object.values(devices()).sort()).toEqual(Object.keys(left).sort());
});

test("two clusters share a project and a public key by the data source, which the refusal names", async () => {
  const line = newSshKeyPair().publicKey;
  const other = await HandWritten.open(world, "other");
  terraform.write(project() + CLAIM + key("mine", "shared", line));
  await terraform.apply();
  const { "armstead_ssh_key.mine": id = "", "armstead_project.p": projectId = "" } =
    terraform.ids();
  const where = `project_id = "${projectId}"`;
  const claim = CLAIM.replace("project_id = armstead_project.p.id", where);
  const again = key("again", "mine too", line).replace("project_id = armstead_project.p.id", where);
  const found = `data "armstead_ssh_key" "k" {
  ${where}
  public_key = "${line} with another comment"
}
output "id" { value = data.armstead_ssh_key.k.id }
`;

  other.write(claim + again);
  const refused = await other.run("apply", "-no-color", "-auto-approve");
  other.write(claim + found);
  await other.apply();

  expect(refused.code).toBe(1);
  const words = refused.output.replace(/\s+/g, " ");
  expect(words).toContain(`has this public key already, as SSH key ${id} with the label "shared"`);
  expect(words).toContain("data source armstead_ssh_key");
  expect(await other.outputs()).toEqual({ id });
  await other.destroy();
});

test("an imported device that is off is brought to active in one apply", async () => {
  const one = named(["a"]).replace("wait_for_ssh = false", "ssh_port = 2222");
  terraform.write(one);
  await terraform.apply();
  const id = devices()["armstead_device.d0"] ?? "";
  await world.api.actOnDevice(id, { type: "power_off" }, {});
  await world.lab.reached(id, "inactive");
  await terraform.must("state", "rm", "armstead_device.d0");
  await terraform.must("import", "-no-color", "armstead_device.d0", id);

  await terraform.apply();

  expect((await world.api.getDevice(id, {})).state).toBe("active");
  expect((await terraform.plan()).changes).toEqual([]);
});
