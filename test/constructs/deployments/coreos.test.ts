/** One description of a CoreOS cluster, written as plays, as Ignition and as a cloud-config. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Token } from "cdktf";
import { parse } from "yaml";
import type { ClusterSpec } from "../../../cluster";
import { NODE_ADDRESS_SCRIPT } from "../../../constructs/deployments/coreos/address-script";
import { coreosDefinition } from "../../../constructs/deployments/coreos";
import { ofCluster } from "../../../constructs/deployment-definition";
import type { IgnitionConfig } from "../../../images/ignition/config";
import { parseIgnition } from "../../../images/ignition/validate";
import { described } from "../../cluster/deployments/coreos/described";
import { faultsOf } from "../../support/faults-of";
import { ignitionValidator } from "../../images/ignition/validator";

// A package list is fetched where nobody did before.
jest.setTimeout(300_000);

const CHECKSUM = `sha256:${"b".repeat(64)}`;
const keys = {
  docker: { options: ["--log-driver=journald"] },
  flannel: { network: "10.2.0.0/16", backend: { type: "vxlan", vni: 7 } },
  units: [
    {
      name: "backup.timer",
      contents: "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n",
      roles: ["etcd-member"],
    },
    { name: "update-engine.service", enabled: false },
  ],
};
const archive = {
  url: "https://f.example/flannel-{{ ansible_architecture }}.tar",
  checksum: CHECKSUM,
};
const flatcar = described({
  family: "flatcar",
  keys: {
    ...keys,
    flannel: { ...keys.flannel, artifacts: archive },
    update: { group: "lts", reboot: "reboot" },
  },
});
const coreos = described({
  family: "coreos",
  keys: { ...keys, fleet: { metadata: { role: "edge" } } },
});
const debian = described({
  family: "debian",
  keys: {
    ...keys,
    docker: { engine: "packages", options: ["--debug"] },
    flannel: { ...keys.flannel, artifacts: archive },
  },
});

function userData(cluster: ClusterSpec, pool = 0, nodeName = "m-0"): string {
  const { kind: _, ...options } = cluster.deployment ?? { kind: "" };
  const spec = cluster.pools[pool];
  if (spec === undefined) throw new Error("no such pool");
  const context = { cluster, pool: spec, image: cluster.image, nodeName };
  return coreosDefinition(options).userData?.(context) ?? "";
}

function unit(config: IgnitionConfig, name: string): string {
  return config.systemd?.units?.find((it) => it.name === name)?.contents ?? "";
}

test.each([
  ["member", 0],
  ["worker", 1],
])("Ignition of a %s on flatcar", (_name, pool) => {
  expect(userData(flatcar, pool)).toMatchSnapshot();
});

test.each([
  ["member", 0],
  ["worker", 1],
])("cloud-config of a %s on coreos", (_name, pool) => {
  expect(userData(coreos, pool)).toMatchSnapshot();
});

test("the real ignition-validate takes the configs of members and workers", async () => {
  const program = await ignitionValidator();
  for (const pool of [0, 1]) {
    const input = userData(flatcar, pool);
    const { status, stdout, stderr } = spawnSync(program, ["-"], { input, encoding: "utf8" });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
  }
});

test("Ignition has the archives with their hashes, for the machine that it is", () => {
  const files = parseIgnition(userData(flatcar)).storage?.files ?? [];

  expect(files.filter(({ contents }) => contents?.verification)).toMatchObject([
    { contents: { source: "https://files.example/etcd.tar" } },
    {
      path: "/opt/armstead/flannel.archive",
      contents: {
        source: "https://f.example/flannel-aarch64.tar",
        verification: { hash: `sha256-${"b".repeat(64)}` },
      },
    },
  ]);
});

test("members found the cluster together; others have a way to all of them", () => {
  const member = unit(parseIgnition(userData(flatcar)), "etcd-member.service");
  const worker = unit(parseIgnition(userData(flatcar, 1)), "etcd-gateway.service");

  expect(member).toContain(
    "--initial-cluster=m-0=http://10.0.0.1:2380,m-1=http://10.0.0.2:2380,m-2=http://10.0.0.3:2380",
  );
  expect(worker).toContain("--endpoints=10.0.0.1:2379,10.0.0.2:2379,10.0.0.3:2379");
});

test("units are for the roles that they name", () => {
  const names = (pool: number): string[] =>
    (parseIgnition(userData(flatcar, pool)).systemd?.units ?? []).map(({ name }) => name);

  expect(names(0)).toContain("backup.timer");
  expect(names(1)).not.toContain("backup.timer");
  expect(names(1)).toContain("update-engine.service");
});

test("a node's name may be a word that YAML takes for something else", () => {
  const read = parse(userData(coreos, 0, "on"), { version: "1.1" }) as {
    hostname: unknown;
    coreos: { etcd2: { name: unknown } };
  };

  expect(read.hostname).toBe("on");
  expect(read.coreos.etcd2.name).toBe("on");
});

test("a placeholder for the name survives as it is, wherever the name stands", () => {
  const token = "\u0000node-name\u0000";

  for (const text of [userData(flatcar, 0, token), userData(coreos, 0, token)]) {
    expect(text.split(token).length).toBeGreaterThan(2);
    expect(text).not.toContain("x0armstead");
  }
});

test("plays tell debian nodes, and nothing else does", () => {
  const { kind: _, ...options } = debian.deployment ?? { kind: "" };
  const definition = coreosDefinition(options);
  const plays = ofCluster(definition.plays ?? [], () => debian).map(({ name }) => name);
  const vars = ofCluster(definition.vars ?? {}, () => debian);

  expect(plays).toEqual([
    "armstead/etcd/playbook.yml",
    "armstead/kernel-requirements/playbook.yml",
    "armstead/docker/playbook.yml",
    "armstead/coreos/playbook.yml",
  ]);
  expect(vars).toMatchObject({
    etcd_version: "",
    docker_engine: "packages",
    docker_options: ["--debug"],
    coreos_has_docker: true,
    coreos_flannel_url: archive.url,
    coreos_flannel_key: "/coreos.com/network/config",
  });
  expect(decode(vars.coreos_flannel_config)).toBe(
    '{"Network":"10.2.0.0/16","SubnetLen":24,"Backend":{"Type":"vxlan","VNI":7}}',
  );
  expect(userData(debian)).toBe("");
});

test("no plays and no variables where nodes read what they are told", () => {
  for (const cluster of [flatcar, coreos]) {
    const definition = coreosDefinition({});
    expect(ofCluster(definition.plays ?? [], () => cluster)).toEqual([]);
    expect(ofCluster(definition.vars ?? {}, () => cluster)).toEqual({});
  }
});

test("tokens are refused: a config that is put together at synth cannot have them", () => {
  const version = Token.asString({ resolve: () => "3.5.16" });

  const [fault] = faultsOf(() => coreosDefinition({ etcd: { version } }));

  expect(fault).toMatchObject({ code: "AS1604", path: "deployment.etcd.version" });
});

test("the same settings of flannel go all three ways", () => {
  const config = '{"Network":"10.2.0.0/16","SubnetLen":24,"Backend":{"Type":"vxlan","VNI":7}}';

  expect(unit(parseIgnition(userData(flatcar)), "flanneld.service")).toContain(`'${config}'`);
  expect(userData(coreos)).toContain(`'${config}'`);
});

describe("node-address", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "node-address-"));
  const at = (name: string): string => path.join(folder, name);
  writeFileSync(at("script"), NODE_ADDRESS_SCRIPT, { mode: 0o755 });
  const run = (name: string, members: string, environment: Record<string, string> = {}): string => {
    writeFileSync(at("members"), members);
    const env = {
      PATH: process.env.PATH ?? "",
      NODE_MEMBERS: at("members"),
      NODE_ADDRESS_FILE: at("run/address"),
      ...environment,
    };
    execFileSync("/bin/sh", [at("script"), name], { env, stdio: "pipe" });
    return readFileSync(at("run/address"), "utf8");
  };

  test("the table of members knows it", () => {
    expect(run("m-1", "m-0 10.0.0.1\nm-1 10.0.0.2\n")).toBe("NODE_ADDRESS=10.0.0.2\n");
  });

  test("without one, the platform does", () => {
    const environment = { COREOS_PACKET_IPV4_PRIVATE_0: "10.9.9.9" };

    expect(run("m-1", "", environment)).toBe("NODE_ADDRESS=10.9.9.9\n");
  });

  test("nobody knows it: the unit fails, and says why", () => {
    writeFileSync(at("ip"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    const environment = { PATH: `${folder}:${process.env.PATH ?? ""}` };

    expect(() => run("m-1", "", environment)).toThrow("node-address: m-1 has no address");
  });
});

function decode(text: unknown): string {
  return Buffer.from(String(text), "base64").toString("utf8");
}
