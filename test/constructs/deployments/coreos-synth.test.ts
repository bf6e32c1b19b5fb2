/** Cluster files with deployments coreos and caas, from text to Terraform's JSON. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { UserFault } from "../../../core/faults";
import { parseIgnition } from "../../../images/ignition/validate";
import { readCluster } from "../../../stacks";
import { discoveryText } from "../../cluster/deployments/caas/payloads";
import { clusterFolder, loadText } from "../../support/cluster-folder";
import { synthConfig } from "../../support/synth";

const SUM = `sha256:${"d".repeat(64)}`;

function text(image: string, deployment: string): string {
  return `apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64] } }
access: { sshKeys: [./key.pub] }
image: ${image}
pools:
  - { name: m, role: etcd-member, count: 3 }
  - { name: w, role: worker, count: 1 }
deployment:
  ${deployment}
`;
}

const FLATCAR = '{ family: flatcar, ipxe: "https://boot.example/boot.ipxe" }';
const MEMBERS = "members: { m-0: 10.0.0.1, m-1: 10.0.0.2, m-2: 10.0.0.3 }";
const ARCHIVE = `artifacts: { url: "https://f.example/etcd.tar", checksum: "${SUM}" }`;

type Json = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

function devices(yaml: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const json = JSON.parse(synthConfig(loadText(yaml).config)) as { resource: Json };
  return json.resource.armstead_device ?? {};
}

test("user data of flatcar nodes is Ignition that names the node", () => {
  const yaml = text(FLATCAR, `kind: coreos\n  etcd: { ${MEMBERS}, ${ARCHIVE} }`);

  const [members] = Object.values(devices(yaml));

  expect(members).toMatchObject({
    operating_system: "custom_ipxe",
    ipxe_script_url: "https://boot.example/boot.ipxe",
  });
  const written = String(members?.user_data);
  expect(written).toContain("--name=${each.key} ");
  expect(written).toContain("http://$${NODE_ADDRESS}:2380");
  const read = written.replaceAll("${each.key}", "m-0").replaceAll("$${", "${");
  expect(parseIgnition(read).storage?.files).toContainEqual({
    path: "/etc/hostname",
    overwrite: true,
    contents: { source: "data:,m-0%0A" },
    mode: 420,
  });
});

test("user data of coreos nodes is a cloud-config that names the node", () => {
  const image = '{ family: coreos, ipxe: "https://boot.example/boot.ipxe" }';

  const [members] = Object.values(devices(text(image, `kind: coreos\n  etcd: { ${MEMBERS} }`)));

  expect(members?.user_data).toContain('#cloud-config\nhostname: "${each.key}"\n');
});

test("debian nodes have no user data, and the plays", () => {
  const config = loadText(text("{ family: debian }", "kind: coreos")).config;
  const { resource } = JSON.parse(synthConfig(config)) as { resource: Json };

  expect(Object.values(resource.armstead_device ?? {}).every((it) => !("user_data" in it))).toBe(
    true,
  );
  expect(JSON.stringify(resource.armstead_playbook)).toContain("armstead/coreos/playbook.yml");
});

test("faults of the deployment have their places in the cluster file", () => {
  const yaml = text(FLATCAR, `kind: coreos\n  etcd: { ${MEMBERS}, ${ARCHIVE} }\n  fleet: {}`);

  expect(say(yaml)).toEqual(["13:3 AS1566"]);
});

const CAAS = `kind: caas
  server: http://172.20.0.250:5000
  client: { url: "https://f.example/discovery", checksum: "${SUM}" }
  etcd: { ${ARCHIVE} }
  discovery: ./machines.json`;

test("machines of a caas cluster boot by iPXE, and nothing else is told to them", () => {
  const members = Object.values(devicesWith(text(FLATCAR, CAAS), discoveryText(1, 2, 3, 4)));

  expect(members).toHaveLength(2);
  for (const it of members) {
    expect(it).toMatchObject({ operating_system: "custom_ipxe" });
    expect("user_data" in it).toBe(false);
  }
});

test("faults of a discovery file have their places in it", () => {
  expect(() => devicesWith(text(FLATCAR, CAAS), discoveryText(1, 1))).toThrow(
    /machines\.json:1:\d+ {2}AS1571/,
  );
});

function devicesWith(yaml: string, machines: string): ReturnType<typeof devices> {
  const folder = clusterFolder(yaml);
  writeFileSync(path.join(folder, "machines.json"), machines);
  const { config } = readCluster("cluster.yaml", { environment: { HOME: "/nowhere" }, folder });
  const json = JSON.parse(synthConfig(config)) as { resource: Json };
  return json.resource.armstead_device ?? {};
}

function say(yaml: string): string[] {
  try {
    loadText(yaml);
    return [];
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return error.faults.map(
      ({ code, position }) => `${position?.line}:${position?.column} ${code}`,
    );
  }
}
