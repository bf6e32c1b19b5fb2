/** The docker deployment: the same from code and file, with everything that its plays need. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ArmCluster, Deployment, MetalSubstrate } from "../../../constructs";
import { readCluster } from "../../../stacks";
import { clusterFolder } from "../../support/cluster-folder";
import { faultsOf } from "../../support/faults-of";
import { synth, type Synthesized } from "../../support/synth";

const CHECKSUM = `sha256:${"0".repeat(64)}`;
const ENGINE = {
  url: "https://a.example/docker-{{ ansible_architecture }}.tgz",
  checksum: CHECKSUM,
};
const COMPOSE = "services: { web: { image: nginx:1, command: '{{ x }} ${Y}' } }\n";
const folder = clusterFolder(`apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64] } }
access: { sshKeys: [./key.pub] }
pools: [{ name: w, role: worker, count: 1 }]
registries: { mirrors: [{ registry: docker.io, endpoints: [{ url: "https://m.example" }] }] }
deployment:
  kind: docker
  engine: { url: "${ENGINE.url}", checksum: "${CHECKSUM}", version: v27.3.1 }
  compose: { url: "https://a.example/compose", checksum: "${CHECKSUM}" }
  composeFile: ./compose.yml
  options: [--debug]
  daemon: { log-opts: { tag: "{{.Name}}" } }
`);
writeFileSync(path.join(folder, "compose.yml"), COMPOSE);

const fromFile = () => {
  const { config } = readCluster("cluster.yaml", { environment: {}, folder });
  return synth((stack) => {
    ArmCluster.fromConfig(stack, "edge", config);
  });
};
const fromCode = () =>
  synth((stack) => {
    const cluster = new ArmCluster(stack, "edge", {
      substrate: new MetalSubstrate({ project: "demo", metro: "da", capacity: ["c3.large.arm64"] }),
      access: { sshKeys: [path.join(folder, "key.pub")], privateKey: path.join(folder, "key") },
      deployment: Deployment.docker({
        engine: { ...ENGINE, version: "v27.3.1" },
        compose: { url: "https://a.example/compose", checksum: CHECKSUM },
        composeFile: path.join(folder, "compose.yml"),
        options: ["--debug"],
        daemon: { "log-opts": { tag: "{{.Name}}" } },
      }),
    });
    cluster.mirrors.add("docker.io", { url: "https://m.example" });
    cluster.addNodePool("w", { role: "worker", count: 1 });
  });

const playbookOf = ({ resource }: Synthesized) =>
  resource.armstead_playbook?.edge_bootstrap as {
    readonly vars: Readonly<Record<string, unknown>>;
    readonly playbooks: readonly { readonly name: string }[];
  };

test("its plays come behind those of mirrors, the kernel's first", () => {
  const { playbooks } = playbookOf(fromFile());

  expect(playbooks.map(({ name }) => name)).toEqual(
    ["base", "registry-mirrors", "kernel-requirements", "docker"].map(
      (it) => `armstead/${it}/playbook.yml`,
    ),
  );
});

test("variables have what the file says, in forms that no template changes", () => {
  const { vars } = playbookOf(fromFile());

  expect(vars).toMatchObject({
    docker_engine: "archive",
    docker_archive_url: ENGINE.url,
    docker_version: "27.3.1",
    docker_options: ["--debug"],
    kernel_requirements_of: "Docker Engine",
  });
  expect(Buffer.from(String(vars.docker_compose_file), "base64").toString()).toBe(COMPOSE);
  expect(JSON.stringify(vars.registry_files)).toContain("registry-mirrors");
  expect(JSON.stringify(vars.registry_files)).toContain("log-opts");
});

test("code and file give the same", () => {
  const [code, file] = [playbookOf(fromCode()), playbookOf(fromFile())];

  expect(code.vars).toEqual(file.vars);
  expect(code.playbooks).toEqual(file.playbooks);
});

test("a compose file that is wrong is told with its place, from code too", () => {
  writeFileSync(path.join(folder, "wrong.yml"), "services: { web: { build: . } }\n");

  const [fault] = faultsOf(() =>
    Deployment.docker({ engine: "packages", composeFile: path.join(folder, "wrong.yml") }),
  );

  expect(fault).toMatchObject({ code: "AS1245", position: { line: 1, column: 20 } });
});

test("a token in keys of daemon.json is refused, as synth has to compare them", () => {
  const daemon = { hosts: ["${TfToken[TOKEN.0]}"] };
  const act = () => Deployment.docker({ engine: "none", daemon });

  expect(faultsOf(act).map(({ code, path: at }) => `${code} ${at}`)).toEqual([
    "AS1604 deployment.daemon.hosts[0]",
  ]);
});
