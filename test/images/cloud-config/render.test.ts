/** A node's system as a cloud-config: what it says, and what it refuses to leave out. */
import path from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { renderCloudConfig } from "../../../images/cloud-config/render";
import type { CoreosSections } from "../../../images/cloud-config/sections";
import type { NodeSystem } from "../../../images/node-system/node-system";
import { loadCases } from "../../support/cases";
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

interface Case {
  readonly name: string;
  readonly system?: NodeSystem;
  readonly coreos?: CoreosSections;
}

interface Rule {
  readonly rule: string;
  readonly accepts: readonly Case[];
  readonly rejects: readonly (Case & { readonly faults: readonly string[] })[];
}

const rules = loadCases<Rule>(path.join(__dirname, "rules"));
const accepted = rules.flatMap(({ rule, accepts }) => accepts.map((it) => ({ rule, ...it })));
const rejected = rules.flatMap(({ rule, rejects }) => rejects.map((it) => ({ rule, ...it })));

test.each(accepted)("$rule, accepts: $name", ({ system: it = {}, coreos = {} }) => {
  expect(renderCloudConfig(it, coreos)).toContain("#cloud-config\n");
});

test.each(rejected)("$rule, rejects: $name", ({ system: it = {}, coreos = {}, faults }) => {
  const found = faultsOf(() => renderCloudConfig(it, coreos));

  expect(found.map(({ code, path: at }) => `${code} ${at}`).sort()).toEqual(faults);
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
