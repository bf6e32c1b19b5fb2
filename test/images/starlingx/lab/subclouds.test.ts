import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { LabNode } from "./lab-node";
import { SUBCLOUD_VALUES } from "./orders";
import { Points } from "./points";

const CENTRAL = ["distributed-cloud", "central"] as const;
const ADD = [
  ...["dcmanager", "subcloud", "add", "--bootstrap-address", "10.10.20.12"],
  ...["--bootstrap-values", "values.yml"],
];
const SECRET = ["--sysadmin-password", "Very-secret-1"];
const points = new Points();
let node: LabNode;

beforeAll(async () => {
  await points.reach([CENTRAL]);
});

afterAll(async () => {
  await points.remove();
});

beforeEach(async () => {
  node = await points.fork(CENTRAL);
  await write("values.yml", SUBCLOUD_VALUES);
});

afterEach(async () => {
  await node.remove();
});

/** Changes of the values and words of the refusal. A value that is empty is left out. */
const REFUSED: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ name: "" }, "name required"],
  [{ system_mode: "" }, "system_mode required"],
  [{ management_subnet: "" }, "management_subnet required"],
  [{ management_start_address: "" }, "management_start_address required"],
  [{ management_end_address: "" }, "management_end_address required"],
  [{ management_gateway_address: "" }, "management_gateway_address required"],
  [{ systemcontroller_gateway_address: "" }, "systemcontroller_gateway_address required"],
  [{ external_oam_subnet: "" }, "external_oam_subnet required"],
  [{ external_oam_gateway_address: "" }, "external_oam_gateway_address required"],
  [{ external_oam_floating_address: "" }, "external_oam_floating_address required"],
  [{ name: '"1"' }, "name must contain alphabetic characters"],
  [{ name: "RegionOne" }, "name cannot be RegionOne or SystemController"],
  [{ system_mode: "triplex" }, "system_mode invalid: triplex"],
  [{ distributed_cloud_role: "subcloud" }, "distributed_cloud_role is set by dcmanager"],
  [{ management_subnet: "192.168.101.0" }, "management_subnet invalid: Invalid subnet"],
  [{ management_subnet: "192.168.101.0/31" }, "Subnet too small - must have at least 4 addresses"],
  [{ management_subnet: "192.168.204.0/22" }, "management_start_address invalid"],
  [
    { management_end_address: "192.168.102.9" },
    "management_end_address invalid: Address must be in subnet",
  ],
  [{ management_end_address: "192.168.101.1" }, "management_start_address greater than"],
  [{ management_end_address: "192.168.101.2" }, "range must contain at least 2 addresses"],
  [{ system_mode: "duplex", management_end_address: "192.168.101.4" }, "at least 5 addresses"],
  [
    { management_gateway_address: "192.168.101.9" },
    "management_gateway_address invalid, is within management pool",
  ],
  [
    { systemcontroller_gateway_address: "192.168.204.9" },
    "is within management pool: 192.168.204.2 - 192.168.204.50",
  ],
  [
    { systemcontroller_gateway_address: "192.168.101.1" },
    "systemcontroller_gateway_address invalid",
  ],
  [{ external_oam_floating_address: "10.10.21.9" }, "external_oam_floating_address invalid"],
  [{ external_oam_subnet: "192.168.101.0/25" }, "external_oam_subnet invalid: Subnet overlaps"],
  [{ admin_subnet: "192.168.111.0/24" }, "admin_start_address required"],
  [{ description: "|" }, "the lab's script does not read |"],
];

test.each(REFUSED)("values with %j are refused", async (changes, says) => {
  await write("values.yml", changed(changes));

  expect(await node.refusal(...ADD, ...SECRET)).toContain(says);
});

test("an admin network takes the place of the management gateway", async () => {
  const admin = {
    admin_subnet: "192.168.111.0/24",
    admin_start_address: "192.168.111.2",
    admin_end_address: "192.168.111.50",
    admin_gateway_address: "192.168.111.1",
  };
  await write("values.yml", changed(admin));
  const both = await node.refusal(...ADD, ...SECRET);

  await write("values.yml", changed({ ...admin, management_gateway_address: "" }));
  await node.ok(...ADD, ...SECRET);

  expect(both).toContain("cannot be specified at the same time");
});

test("no two subclouds share a name, a range or a subnet", async () => {
  await node.ok(...ADD, ...SECRET);
  const other = { name: "subcloud-2" };
  const free = {
    management_subnet: "192.168.102.0/24",
    management_start_address: "192.168.102.2",
    management_end_address: "192.168.102.50",
    management_gateway_address: "192.168.102.1",
  };
  const half = {
    management_start_address: "192.168.101.60",
    management_end_address: "192.168.101.70",
  };
  const taken = {
    management_subnet: "192.168.204.0/24",
    management_start_address: "192.168.204.60",
    management_end_address: "192.168.204.70",
    management_gateway_address: "192.168.204.59",
  };

  for (const [changes, says] of [
    [free, "Subcloud with that name already exists"],
    [other, "Management address range overlaps with that of subcloud subcloud-1"],
    [{ ...other, ...half }, "management_subnet invalid: Subnet overlaps with another"],
    [{ ...other, ...taken }, "management_subnet invalid: Subnet overlaps with another"],
  ] as const) {
    await write("values.yml", changed(changes));
    expect(await node.refusal(...ADD, ...SECRET)).toContain(says);
  }
  await write("values.yml", changed({ ...other, ...free }));
  await node.ok(...ADD, ...SECRET);

  const rows = await node.rows("dcmanager", "subcloud", "list");
  expect(rows.map((it) => it.name)).toEqual(["subcloud-1", "subcloud-2"]);
});

test("files that are named must be there, and nobody is asked for a password", async () => {
  const add = ADD.slice(0, 5);
  for (const [words, says] of [
    [["--bootstrap-values", "nowhere.yml"], "bootstrap-values does not exist: nowhere.yml"],
    [["--bootstrap-values", "."], "bootstrap-values does not exist: ."],
    [
      ["--bootstrap-values", "values.yml", "--install-values", "x"],
      "install-values does not exist: x",
    ],
    [
      ["--bootstrap-values", "values.yml", "--deploy-config", "x"],
      "deploy-config does not exist: x",
    ],
    [["--bootstrap-values", "values.yml"], "Enter the sysadmin password"],
    [["--bootstrap-values", "values.yml", "--name", "x"], "only be used with --migrate"],
  ] as const) {
    expect(await node.refusal(...add, ...words)).toContain(says);
  }
  await expect(node.run(add)).resolves.toMatchObject({ code: 2 });
  expect(await node.refusal(...ADD, "--install-values", "values.yml", ...SECRET)).toContain(
    "bmc password",
  );
});

test("a deployment goes through its states by itself, installation and configuration too", async () => {
  const files = ["--install-values", "values.yml", "--deploy-config", "values.yml"];
  await node.ok(...ADD, ...files, "--bmc-password", "Very-secret-2", ...SECRET);
  const states: string[] = [];

  for (let step = 0; step < 6; step++) {
    states.push(
      (
        await node.ok("dcmanager", "subcloud", "show", "1", "-f", "value", "-c", "deploy_status")
      ).trim(),
    );
    node.now += 1;
  }

  expect(states).toEqual([
    "pre-install",
    "installing",
    "bootstrapping",
    "configuring",
    "complete",
    "complete",
  ]);
  const shown = await node.ok(
    "dcmanager",
    "subcloud",
    "list",
    "-f",
    "value",
    "-c",
    "availability",
    "-c",
    "name",
  );
  expect(shown).toBe("online subcloud-1\n");
  expect(JSON.stringify(await node.log())).not.toContain("Very-secret");
});

test("phases are refused out of their order", async () => {
  const deploy = ["dcmanager", "subcloud", "deploy"];
  await node.ok(...deploy, "create", ...ADD.slice(3), ...SECRET);
  node.now += 1;
  const early = await node.refusal(...deploy, "complete", "subcloud-1");
  const install = await node.refusal(...deploy, "install", "subcloud-1");
  await node.ok(...deploy, "bootstrap", "subcloud-1", ...SECRET);
  node.now += 2;
  const config = await node.refusal(...deploy, "config", "subcloud-1");
  await node.ok(...deploy, "complete", "subcloud-1");
  node.now += 1;

  await node.ok("dcmanager", "subcloud", "manage", "subcloud-1");

  expect(early).toContain(
    "Subcloud deploy status must be either: bootstrap-complete, enroll-complete",
  );
  expect(install).toContain("Install values is not available");
  expect(config).toContain("deploy-config is not available");
});

test("manage, unmanage and delete each need the other state", async () => {
  await node.ok(...ADD, ...SECRET);
  node.now += 3;
  await node.ok("dcmanager", "subcloud", "manage", "subcloud-1");

  expect(await node.refusal("dcmanager", "subcloud", "manage", "1")).toContain("already managed");
  expect(await node.refusal("dcmanager", "subcloud", "delete", "1")).toContain("'managed' status");
  await node.ok("dcmanager", "subcloud", "unmanage", "subcloud-1");
  expect(await node.refusal("dcmanager", "subcloud", "unmanage", "1")).toContain(
    "already unmanaged",
  );
  expect(await node.refusal("dcmanager", "subcloud", "delete", "1")).toContain("'online' status");
  expect(await node.refusal("dcmanager", "subcloud", "show", "other")).toContain(
    "Subcloud not found",
  );
});

async function write(name: string, text: string): Promise<void> {
  await writeFile(path.join(node.home, name), text);
}

function changed(changes: Readonly<Record<string, string>>): string {
  const kept = SUBCLOUD_VALUES.split("\n").filter((it) => !((it.split(":")[0] ?? "") in changes));
  const added = Object.entries(changes).filter(([, value]) => value !== "");
  return [...kept, ...added.map(([name, value]) => `${name}: ${value}`), ""].join("\n");
}
