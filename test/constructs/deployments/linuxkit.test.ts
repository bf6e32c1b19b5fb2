/** The linuxkit deployment: files for linuxkit build beside the stack, and user data that its metadata package unpacks. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { Deployment } from "../../../constructs";
import { loadLinuxkit } from "../../../images/linuxkit/load";
import { readCluster } from "../../../stacks";
import { clusterFolder } from "../../support/cluster-folder";
import { faultsOf } from "../../support/faults-of";
import { synthConfig } from "../../support/synth";

const HASH = "0123456789abcdef0123456789abcdef01234567";
const IMAGE = `kernel: { image: "linuxkit/kernel:6.12.59", cmdline: console=ttyAMA0 }
init: [linuxkit/init:${HASH}]
onboot: [{ name: metadata, image: "linuxkit/metadata:${HASH}" }]
services: [{ name: sshd, image: "linuxkit/sshd:${HASH}" }]
files: [{ path: etc/issue, contents: "{{ x }} \${y}", mode: "0644" }]
`;
const WORKER = `services: [{ name: web, image: "linuxkit/web:${HASH}" }]\n`;
const CLUSTER = `apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64] } }
access: { sshKeys: [./key.pub] }
image: { family: linuxkit, ipxe: "https://boot.example/edge.ipxe" }
pools:
  - { name: w, role: worker, count: 2 }
  - { name: c, role: control-plane, count: 1 }
deployment:
  kind: linuxkit
  image: ./edge.yml
  worker: ./worker.yml
  metadata:
    ssh: { entries: { sshd_config: { content: "Port 22", perm: "0600" }, motd: { content: all } } }
  roleMetadata:
    worker: { ssh: { entries: { motd: { content: workers } } }, app: { content: "\${x} %{ y }" } }
`;

function synthesize(worker = WORKER, cluster = CLUSTER) {
  const folder = clusterFolder(cluster);
  writeFileSync(path.join(folder, "edge.yml"), IMAGE);
  writeFileSync(path.join(folder, "worker.yml"), worker);
  const { config } = readCluster("cluster.yaml", { environment: {}, folder });
  const text = synthConfig(config, folder);
  const files = path.join(folder, "cdktf.out", "stacks", "edge", "armstead", "edge", "linuxkit");
  const devices = (JSON.parse(text) as { resource: { armstead_device: Record<string, object> } })
    .resource.armstead_device;
  return { files, devices, folder };
}

test("there is one file a role that pools have, merged and whole", () => {
  const { files } = synthesize();
  const read = (name: string) => readFileSync(path.join(files, name), "utf8");

  const worker = loadLinuxkit([{ name: "worker.yml", text: read("worker.yml") }]).image;
  const other = loadLinuxkit([{ name: "c.yml", text: read("control-plane.yml") }]).image;

  expect(readdirSync(files).sort()).toEqual(["control-plane.yml", "worker.yml"]);
  expect(worker.services?.map(({ name }) => name)).toEqual(["sshd", "web"]);
  expect(other.services?.map(({ name }) => name)).toEqual(["sshd"]);
  expect(worker.files?.[0]).toEqual({ path: "etc/issue", contents: "{{ x }} ${y}", mode: "0644" });
});

test("user data has the node's name, and the metadata of all with that of the role over it", () => {
  const { devices } = synthesize();
  const userData = (name: string) =>
    (devices[name] as { user_data: string }).user_data
      // As Terraform would fill it in.
      .replaceAll("${each.key}", "w-1")
      .replaceAll("$${", "${")
      .replaceAll("%%{", "%{");

  expect(parse(userData("edge_w"))).toEqual({
    hostname: { content: "w-1", perm: "0644" },
    app: { content: "${x} %{ y }" },
    ssh: {
      entries: {
        motd: { content: "workers" },
        sshd_config: { content: "Port 22", perm: "0600" },
      },
    },
  });
  expect(parse(userData("edge_c"))).toMatchObject({
    ssh: { entries: { motd: { content: "all" } } },
  });
});

test("nobody waits for SSH", () => {
  const { devices } = synthesize();

  expect(Object.values(devices)).toMatchObject([{ wait_for_ssh: false }, { wait_for_ssh: false }]);
});

test("what files are together is judged too, with the place in the file that has to change", () => {
  const { folder } = synthesize();
  writeFileSync(path.join(folder, "again.yml"), WORKER.replace("web,", "sshd,"));

  const [fault] = faultsOf(() =>
    Deployment.linuxkit({
      image: path.join(folder, "edge.yml"),
      worker: path.join(folder, "again.yml"),
    }),
  );
  const alone = faultsOf(() => Deployment.linuxkit({ image: path.join(folder, "worker.yml") }));

  expect(fault).toMatchObject({ code: "AS1753", position: { line: 1, column: 20 } });
  expect(fault?.position?.file).toContain("again.yml");
  expect(alone.map(({ code }) => code)).toEqual(["AS1777", "AS1777"]);
});
