/**
 * A pull on a real ARM64 machine: containerd finds docker.io's mirror by the files that were rendered, and the
 * registry behind the mirror, which docker.io has never heard of, tells what it was asked for. And the kernel of
 * that machine is judged by what it says of itself.
 */
import { createReadStream, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { tryFindProgram } from "../../../demo/requirements";
import { runHere } from "../../support/command-line";
import { ContainerRegistry } from "../support/container-registry";
import { ensureContainerdArchive } from "../support/containerd-archive";
import { onNode } from "../support/on-node";
import { testWith } from "../support/mirror-world";
import type { Terraform } from "../support/terraform";
import { World } from "../support/world";

const PROGRAMS = ["qemu-system-aarch64", "docker-registry", "skopeo", "curl"];
const qemuTest = testWith(PROGRAMS);
const IMAGE = "docker.io/only-the-mirror/app:1";
/** The host, as machines of the lab see it. */
const HOST = "10.0.2.2";

const PLAY = `- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.get_url: { url: "{{ containerd_url }}", dest: /root/containerd.tar }
    - ansible.builtin.unarchive: { src: /root/containerd.tar, dest: /, remote_src: true }
    - ansible.builtin.file: { path: /etc/sv/containerd, state: directory }
    - ansible.builtin.copy:
        dest: /etc/sv/containerd/run
        mode: "0755"
        content: |
          #!/bin/sh
          exec /usr/bin/containerd
    - ansible.builtin.service: { name: containerd, state: started, enabled: true }
    - ansible.builtin.command: { argv: [ctr, version] }
      register: answer
      changed_when: false
      until: answer.rc == 0
      retries: 60
      delay: 2
`;

const isPossible = PROGRAMS.every((it) => tryFindProgram(it, process.env) !== undefined);
let registry: ContainerRegistry;
let archive: Server;
let world: World;
let terraform: Terraform;

beforeAll(async () => {
  if (!isPossible) return;
  const [file] = await Promise.all([ensureContainerdArchive(), startRegistry()]);
  archive = createServer((_, response) => createReadStream(file).pipe(response));
  await new Promise<void>((resolve) => archive.listen(0, "127.0.0.1", resolve));
  const { port } = archive.address() as AddressInfo;
  world = await World.openQemu();
  writeFileSync(path.join(world.folder, "containerd.yml"), PLAY);
  terraform = await world.synth(
    world.cluster({
      pools: [{ name: "nodes", role: "worker", count: 1, kernel: "realtime" }],
      registries: {
        runtimes: ["containerd"],
        mirrors: [
          {
            registry: "docker.io",
            endpoints: [{ url: registry.url.replace("127.0.0.1", HOST), mode: "only" }],
          },
        ],
      },
      bootstrap: {
        plays: ["./containerd.yml"],
        vars: { containerd_url: `http://${HOST}:${port}/containerd.tar` },
      },
    }),
  );
  await terraform.apply();
}, 600_000);

afterAll(async () => {
  if (!isPossible) return;
  await terraform.must("destroy", "-auto-approve", "-input=false", "-no-color");
  await world.close();
  archive.close();
  await registry.close();
}, 120_000);

async function startRegistry(): Promise<void> {
  registry = await ContainerRegistry.start();
  await registry.push(IMAGE.replace("docker.io/", ""));
}

qemuTest(
  "an ARM64 node pulls through the mirror, and the registry's log shows each step",
  async () => {
    registry.forget();

    const machine = await run("uname", "-m");
    await run("ctr", "images", "pull", "--hosts-dir", "/etc/containerd/certs.d", IMAGE);
    const listed = await run("ctr", "images", "list", `name==${IMAGE}`);
    const asked = await registry.asked();

    process.stderr.write(`${["access log of the registry:", ...asked].join("\n  ")}\n`);
    expect(machine.trim()).toBe("aarch64");
    expect(listed).toMatch(/only-the-mirror\/app:1 .*linux\/amd64,linux\/arm64/);
    expect(asked[0]).toMatch(/^HEAD \/v2\/only-the-mirror\/app\/manifests\/1/);
    // The index, the manifest of arm64 alone, its configuration and its layer.
    expect(asked.filter((it) => /^GET .*\/manifests\/sha256:/.test(it))).toHaveLength(2);
    expect(asked.filter((it) => /^GET .*\/blobs\/sha256:/.test(it))).toHaveLength(2);
  },
);

qemuTest("the kernel of the node is judged by its own configuration", async () => {
  const words = ["kernel", "check", "--lab", "nodes-0", "--for", "realtime", "-i", world.keyFile];
  const { code, stdout, stderr } = await runHere([...words, "--json"], { environment: world.env });

  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(JSON.parse(stdout)).toMatchObject({
    file: expect.stringMatching(/^nodes-0:\/boot\/config-.*-rt-arm64$/) as string,
    met: true,
    kernel: { architecture: "arm64", machine: "aarch64" },
  });
});

function run(...argv: string[]): Promise<string> {
  return onNode({ world, terraform }, "nodes-0", argv);
}
