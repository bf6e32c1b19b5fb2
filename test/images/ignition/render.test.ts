/** A node's system as Ignition: what it says, that its order is its own, and that the real validator takes it. */
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { IGNITION_VERSIONS } from "../../../images/ignition/config";
import { ignitionText, renderIgnition } from "../../../images/ignition/render";
import type { NodeSystem } from "../../../images/node-system/node-system";
import { faultsOf } from "../../support/faults-of";
import { nodeSystems, shuffledWith } from "../node-system/node-systems";
import { ignitionValidator } from "./validator";

// A package list is fetched where nobody did before.
jest.setTimeout(300_000);

const everything: NodeSystem = {
  hostname: "m-0",
  files: [
    { path: "/etc/motd", content: { text: "hello, 50 % of you\n" } },
    {
      path: "/opt/etcd.tar",
      content: { url: "https://a.example/etcd.tar", checksum: `sha256:${"a".repeat(64)}` },
      mode: 0o600,
      user: "etcd",
      group: "etcd",
      overwrite: true,
    },
  ],
  directories: [{ path: "/var/lib/etcd", mode: 0o700 }],
  links: [{ path: "/etc/localtime", target: "/usr/share/zoneinfo/UTC" }],
  units: [
    { name: "docker.service", enabled: true },
    { name: "update-engine.service", masked: true },
    {
      name: "etcd.service",
      contents: "[Service]\nExecStart=/opt/bin/etcd\n[Install]\nWantedBy=multi-user.target\n",
      enabled: true,
      dropins: [{ name: "10-limits.conf", contents: "[Service]\nLimitNOFILE=65536\n" }],
    },
  ],
  users: [{ name: "core", sshKeys: ["ssh-ed25519 AAAA"], groups: ["docker"], shell: "/bin/bash" }],
  kernelArguments: { present: ["isolcpus=2-7"], absent: ["quiet"] },
  disks: [{ device: "/dev/sda", wipe: true, partitions: [{ label: "data", number: 1 }] }],
  filesystems: [
    {
      device: "/dev/disk/by-partlabel/data",
      format: "ext4",
      path: "/var",
      label: "data",
      wipe: true,
    },
  ],
};

test("renderIgnition() says everything that a system can be told", () => {
  expect(renderIgnition(everything, "3.4.0")).toMatchSnapshot();
});

test("renderIgnition() of nothing is a config with a version", () => {
  expect(renderIgnition({})).toEqual({ ignition: { version: "3.3.0" } });
  expect(ignitionText(renderIgnition({}))).toBe(
    '{\n  "ignition": {\n    "version": "3.3.0"\n  }\n}\n',
  );
});

test("the text does not depend on the order in which a system was put together", () => {
  fc.assert(
    fc.property(nodeSystems, fc.infiniteStream(fc.nat()), (system, numbers) => {
      const shuffled = shuffledWith(system, numbers);
      expect(ignitionText(renderIgnition(shuffled))).toBe(ignitionText(renderIgnition(system)));
    }),
    { numRuns: 50 },
  );
});

test.each(IGNITION_VERSIONS)(
  "the real ignition-validate takes what is rendered for %s",
  async (version) => {
    const program = await ignitionValidator();
    const systems = [everything, {}, ...fc.sample(nodeSystems, { numRuns: 20, seed: 1 })];

    for (const system of systems) {
      const text = ignitionText(renderIgnition(system, version));
      const input = text.replace('"3.4.0"', '"3.4.0-experimental"');
      const { stdout, stderr, status } = spawnSync(program, ["-"], { input, encoding: "utf8" });
      expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
    }
  },
);

test("content comes back out of its data URL as it went in", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const { storage } = renderIgnition({ files: [{ path: "/a", content: { text } }] });
      const source = storage?.files?.[0]?.contents?.source ?? "";
      expect(decodeURIComponent(source.replace(/^data:,/, ""))).toBe(text);
    }),
  );
});

test("renderIgnition() refuses what Ignition would refuse, all at once", () => {
  const faults = faultsOf(() =>
    renderIgnition({
      files: [
        { path: "etc/a", content: { text: "" } },
        { path: "/b", content: { url: "ftp://a.example/b", checksum: "md5:0" } },
      ],
      units: [{ name: "etcd" }],
      hostname: "m-0",
      links: [{ path: "/etc/hostname", target: "/a" }],
    }),
  );

  expect(faults.map(({ code, path }) => `${code} ${path}`)).toEqual([
    "AS1509 storage.files[0].contents.source",
    "AS1510 storage.files[0].contents.verification.hash",
    "AS1505 storage.files[2].path",
    "AS1513 systemd.units[0].name",
    "AS1506 storage.links[0].path",
  ]);
});

test("content that no encoding holds is refused, not mangled", () => {
  const render = (): unknown =>
    renderIgnition({ files: [{ path: "/a", content: { text: "\ud800" } }] });

  expect(faultsOf(render).map(({ code }) => code)).toEqual(["AS1509"]);
});
