/** A node's system as a cloud-config: what it says, and what it refuses to leave out. */
import fc from "fast-check";
import { parse } from "yaml";
import { renderCloudConfig } from "../../../images/cloud-config/render";
import type { CoreosSections } from "../../../images/cloud-config/sections";
import type { NodeSystem } from "../../../images/node-system/node-system";
import { faultsOf } from "../../support/faults-of";
import { nodeSystems, shuffledWith } from "../node-system/node-systems";

const system: NodeSystem = {
  hostname: "m-0",
  files: [
    { path: "/etc/motd", content: { text: "yes\n" } },
    { path: "/opt/run", content: { text: "#!/bin/sh\n" }, mode: 0o755, user: "core" },
  ],
  users: [{ name: "ops", sshKeys: ["ssh-ed25519 AAAA"], groups: ["docker"] }],
  units: [
    { name: "docker.service", dropins: [{ name: "40-opts.conf", contents: "[Service]\n" }] },
    { name: "update-engine.service", masked: true },
    {
      name: "hello.service",
      contents: "[Service]\nExecStart=/opt/run\n[Install]\nWantedBy=multi-user.target\n",
      enabled: true,
    },
  ],
};
const sections: CoreosSections = {
  etcd2: { name: "m-0", listen_peer_urls: "http://$private_ipv4:2380" },
  fleet: { metadata: "role=member" },
  flannel: { etcd_prefix: "/coreos.com/network" },
  update: { reboot_strategy: "etcd-lock", group: "stable" },
};

test("renderCloudConfig() writes keys of coreos-cloudinit", () => {
  expect(renderCloudConfig(system, sections)).toMatchSnapshot();
});

test("a cloud-config of nothing is its header", () => {
  expect(renderCloudConfig({})).toBe("#cloud-config\n{}\n");
});

test("modes stay text, and content stays what it was, for readers of YAML 1.1", () => {
  const read = parse(renderCloudConfig(system), { version: "1.1" }) as {
    write_files: Record<string, unknown>[];
  };

  expect(read.write_files).toEqual([
    { path: "/etc/motd", permissions: "0644", content: "yes\n" },
    { path: "/opt/run", permissions: "0755", owner: "core:root", content: "#!/bin/sh\n" },
  ]);
});

test("the text does not depend on the order in which a system was put together", () => {
  fc.assert(
    fc.property(nodeSystems, fc.infiniteStream(fc.nat()), (it, numbers) => {
      expect(renderCloudConfig(shuffledWith(it, numbers))).toBe(renderCloudConfig(it));
    }),
    { numRuns: 50 },
  );
});

test("what is written can be read again by YAML 1.1, file by file", () => {
  fc.assert(
    fc.property(nodeSystems, ({ files = [] }) => {
      const read = parse(renderCloudConfig({ files }), { version: "1.1" }) as {
        write_files?: { path: string; content: string }[];
      };
      const texts = files.map((it) => [it.path, "text" in it.content ? it.content.text : ""]);
      expect(
        Object.fromEntries((read.write_files ?? []).map((it) => [it.path, it.content])),
      ).toEqual(Object.fromEntries(texts));
    }),
    { numRuns: 100 },
  );
});

const refused: readonly [string, NodeSystem, CoreosSections, readonly string[]][] = [
  ["disks", { disks: [{ device: "/dev/sda" }] }, {}, ["AS1530 disks"]],
  [
    "filesystems",
    { filesystems: [{ device: "/dev/sda", format: "ext4" }] },
    {},
    ["AS1530 filesystems"],
  ],
  ["directories", { directories: [{ path: "/a" }] }, {}, ["AS1530 directories"]],
  ["links", { links: [{ path: "/a", target: "/b" }] }, {}, ["AS1530 links"]],
  ["kernel arguments", { kernelArguments: { absent: ["quiet"] } }, {}, ["AS1530 kernelArguments"]],
  [
    "files from elsewhere",
    { files: [{ path: "/a", content: { url: "http://a.example", checksum: "sha256:0" } }] },
    {},
    ["AS1530 files"],
  ],
  [
    "two files of a path, and a relative one",
    {
      files: [
        { path: "a", content: { text: "" } },
        { path: "/a", content: { text: "" } },
        { path: "/a", content: { text: "" } },
      ],
    },
    {},
    ["AS1506 write_files[1]", "AS1505 write_files[2].path"],
  ],
  [
    "units of no name and no form",
    { units: [{ name: "etcd", contents: "[Unit" }] },
    {},
    ["AS1513 coreos.units[0].name", "AS1514 coreos.units[0].content"],
  ],
  ["etcd and etcd2", {}, { etcd: { name: "a" }, etcd2: { name: "a" } }, ["AS1531 coreos"]],
  [
    "a section and the contents of its unit",
    { units: [{ name: "fleet.service", contents: "[Service]\n" }] },
    { fleet: {} },
    ["AS1531 coreos.fleet"],
  ],
];

test.each(refused)("renderCloudConfig() refuses %s", (_name, it, coreos, faults) => {
  const found = faultsOf(() => renderCloudConfig(it, coreos));

  expect(found.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([...faults].sort());
});

test("a unit of the image that is not to run is stopped", () => {
  const units = [{ name: "locksmithd.service", enabled: false }];

  expect(renderCloudConfig({ units })).toBe(
    "#cloud-config\ncoreos:\n  units:\n    - name: locksmithd.service\n      command: stop\n",
  );
});

test("a section's unit may have drop-ins: it runs all the same", () => {
  const units = [{ name: "fleet.service", dropins: [{ name: "a.conf", contents: "[Service]\n" }] }];

  const read = parse(renderCloudConfig({ units }, { fleet: {} })) as {
    coreos: { units: object[] };
  };

  expect(read.coreos.units).toEqual([
    {
      name: "fleet.service",
      command: "start",
      drop_ins: [{ name: "a.conf", content: "[Service]\n" }],
    },
  ]);
});
