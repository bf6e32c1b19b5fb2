import type { MachineSpec } from "../../../lab/machine-driver";
import { hardwareAddress, qemuArguments } from "../../../lab/qemu/qemu-arguments";

const SPEC: MachineSpec = {
  id: "one",
  hostname: "node-1",
  system: { slug: "debian_13", distro: "debian", release: "13", kernel: "standard" },
  address: "127.1.2.3",
  sshPort: 2222,
  privateAddress: "10.96.0.1",
  authorizedKeys: [],
  cpus: 2,
  memoryMiB: 512,
  diskMiB: 1024,
  userdata: "",
  nodePort: 7118,
  switchPort: 7200,
  lanPort: 7201,
};

test("qemuArguments() forwards the machine's own address to its sshd", () => {
  expect(qemuArguments(SPEC, "disk")).toContain("user,id=public,hostfwd=tcp:127.1.2.3:2222-:22");
});

test("qemuArguments() wires the LAN card to the switch", () => {
  expect(qemuArguments(SPEC, "disk")).toContain(
    "dgram,id=lan,local.type=inet,local.host=127.0.0.1,local.port=7201," +
      "remote.type=inet,remote.host=127.0.0.1,remote.port=7200",
  );
});

test.each(["disk", "rescue"] as const)("qemuArguments() tells the kernel to boot %s", (mode) => {
  const words = qemuArguments(SPEC, mode);

  expect(words[words.indexOf("-append") + 1]).toContain(`armstead.boot=${mode}`);
});

test("qemuArguments() names only files of the machine's folder", () => {
  expect(qemuArguments(SPEC, "disk").filter((it) => it.includes("/"))).toEqual([]);
});

test("hardwareAddress() differs by machine and network, is stable, and belongs to no vendor", () => {
  const all = ["one", "two"].flatMap((id) =>
    ["public", "lan"].map((network) => hardwareAddress(network, id)),
  );

  expect(new Set(all).size).toBe(4);
  expect(hardwareAddress("lan", "one")).toBe(all[1]);
  for (const it of all) expect(it).toMatch(/^52(:[0-9a-f]{2}){5}$/);
});
