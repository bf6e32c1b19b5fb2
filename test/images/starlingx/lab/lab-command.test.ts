import { LabNode } from "./lab-node";
import { Points } from "./points";

const DUPLEX = ["aio-dx", "controller-0 unlocked"] as const;
const BOOTSTRAP = [
  "ansible-playbook",
  "/usr/share/ansible/stx-ansible/playbooks/bootstrap.yml",
] as const;
const points = new Points();

beforeAll(async () => {
  await points.reach([DUPLEX]);
});

afterAll(async () => {
  await points.remove();
});

test("install is the installer's menu, and ends with the bootstrap", async () => {
  const node = await LabNode.create();
  const menu = await node.refusal("starlingx-lab", "install", "Standard", "lowlatency");
  const word = await node.run(["starlingx-lab", "install", "standard"]);
  await node.ok("starlingx-lab", "install", "All-in-one", "lowlatency");
  await node.ok("starlingx-lab", "install", "Standard");
  await node.writeOverrides("ansible_become_pass: x\n");
  await node.ok(...BOOTSTRAP);

  const again = await node.refusal("starlingx-lab", "install", "Standard");
  const other = await node.refusal("starlingx-lab", "install", "All-in-one");

  expect(menu).toContain("no Standard controller with the low-latency kernel");
  expect(word.code).toBe(2);
  expect([again, other].map((it) => it.includes("bootstrapped"))).toEqual([true, true]);
  await node.remove();
});

test("hardware is everybody's, a MAC address's or a host's: the nearest counts", async () => {
  const node = await points.fork(DUPLEX);
  await node.ok("starlingx-lab", "hardware", "default", "ports=eno7,eno8", "disks=/dev/vda:50");
  await node.ok("starlingx-lab", "hardware", "52-54-00-00-00-02", "ports=enp7s0,enp8s0");
  await node.ok("starlingx-lab", "hardware", "controller-1", "disks=/dev/sda:100,/dev/nvme1n1:200");
  await node.ok("starlingx-lab", "power-on", "52:54:00:00:00:02");
  await node.ok("system", "host-update", "2", "personality=controller");
  node.now += 1;

  const ports = await node.rows("system", "host-if-list", "controller-1", "-a");
  const disks = await node.rows("system", "host-disk-list", "controller-1");

  expect(ports.map(({ name, ports: of }) => [name, of])).toEqual([
    ["mgmt0", "['enp7s0']"],
    ["enp8s0", "['enp8s0']"],
  ]);
  expect(disks.map((it) => [it.device_node, it.size_gib])).toEqual([
    ["/dev/nvme1n1", "200.0"],
    ["/dev/sda", "100.0"],
  ]);
  await node.remove();
});

test("hardware that is none is refused", async () => {
  const node = await LabNode.create();
  const hardware = ["starlingx-lab", "hardware"];

  expect(await node.refusal(...hardware, "a b", "ports=eno1")).toBe("no such machine: a b");
  expect(await node.refusal(...hardware, "default", "ports=ENO1")).toBe("not understood: ENO1");
  expect(await node.refusal(...hardware, "default", "ports=")).toBe("nothing is named");
  expect(await node.refusal(...hardware, "default", "disks=/dev/sda")).toBe(
    "not understood: /dev/sda",
  );
  expect(await node.refusal(...hardware, "default", "cpus=0")).toBe("not understood: 0");
  expect(await node.refusal(...hardware, "default", "memory=4G")).toBe("not understood: 4G");
  expect(await node.refusal(...hardware, "default", "sockets=4")).toContain("not sockets=4");
  await node.remove();
});

test("power-on: twice is once, and no word but a MAC address is one", async () => {
  const node = await points.fork(DUPLEX);
  await node.ok("starlingx-lab", "power-on", "52:54:00:00:00:02");
  await node.ok("starlingx-lab", "power-on", "52-54-00-00-00-02");

  expect(await node.refusal("starlingx-lab", "power-on", "52:54")).toContain("not a MAC address");
  expect(await node.rows("system", "host-list")).toHaveLength(2);
  await node.remove();
});

test.each([
  ["system_mode: duplex-direct", "a duplex-direct system has no switch"],
  [
    "system_mode: duplex\nmanagement_dynamic_address_allocation: false",
    "must be added with system host-add",
  ],
])("power-on of a third machine with %j is refused", async (overrides, says) => {
  const node = await LabNode.create();
  await node.ok("starlingx-lab", "step", "0");
  await node.writeOverrides(`ansible_become_pass: x\n${overrides}\n`);
  await node.ok(...BOOTSTRAP);
  await node.ok("system", "host-if-modify", "controller-0", "lo", "-c", "none");
  for (const { uuid = "" } of await node.rows("system", "interface-network-list", "controller-0")) {
    await node.ok("system", "interface-network-remove", uuid);
  }
  for (const network of ["oam", "mgmt", "cluster-host"]) {
    await node.ok("system", "interface-network-assign", "controller-0", "enp1s0", network);
  }
  await node.ok("system", "host-unlock", "controller-0");
  await node.ok("system", "host-add", "-p", "controller", "-m", "52:54:00:00:00:02");
  await node.ok("starlingx-lab", "power-on", "52:54:00:00:00:02");

  const refusal = await node.refusal("starlingx-lab", "power-on", "52:54:00:00:00:03");

  expect(refusal).toContain(says);
  await node.remove();
});

test("another choice of the installer forgets that storage was to be dedicated", async () => {
  const node = await LabNode.create();
  await node.ok("starlingx-lab", "install", "Standard", "--storage", "dedicated");
  await node.ok("starlingx-lab", "install", "Standard");

  const state = await node.ok("starlingx-lab", "state");

  expect(state).not.toContain("dedicated");
  await node.remove();
});
