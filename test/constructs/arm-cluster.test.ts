import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { TerraformOutput } from "cdktf";
import {
  ArmCluster,
  type ArmClusterProps,
  ClusterImage,
  Deployment,
  KernelVariant,
  MetalSubstrate,
  NodeRole,
} from "../../constructs";
import { type Fault } from "../../core/faults";
import { clusterFolder, clusterText, loadText } from "../support/cluster-folder";
import { faultsOf } from "../support/faults-of";
import { synth, synthConfig, type Synthesized } from "../support/synth";

const substrate = new MetalSubstrate({
  project: "demo",
  metro: "da",
  capacity: ["c3.large.arm64", "c2.large.arm"],
});
const key = path.join(clusterFolder(""), "key.pub");
const props: ArmClusterProps = { substrate, access: { sshKeys: [key] } };
const members = { role: NodeRole.ETCD_MEMBER, count: 3 };

test("ArmCluster reads as in the manual", () => {
  const folder = clusterFolder("");

  const { resource, output } = synth((stack) => {
    const cluster = new ArmCluster(stack, "edge-a", {
      substrate: new MetalSubstrate({ project: "demo", metro: "da" }),
      access: { sshKeys: [key] },
      image: ClusterImage.debian({ release: "12" }),
      deployment: Deployment.etcd(),
    });
    cluster.addNodePool("members", { ...members, devicePlan: "c3.large.arm64" });
    const workers = cluster.addNodePool("workers", {
      role: NodeRole.WORKER,
      count: 10,
      devicePlan: "c2.large.arm",
      kernel: KernelVariant.REALTIME,
    });
    cluster.mirrors.add("docker.io", { url: "https://mirror.example", mode: "fallback" });
    workers.addPlay(path.join(folder, "site.yml"));
    new TerraformOutput(stack, "api", { value: cluster.endpoint, staticId: true });
  });

  const devices = resource.armstead_device?.["edge-a_workers"];
  expect(devices).toMatchObject({ operating_system: "debian_12_rt", plan: "c2.large.arm" });
  expect(devices?.for_each).toMatch(/^\$\{toset\(\["workers-0", "workers-1", /);
  expect(output?.api?.value).toBe(
    '${join(",", [for name, device in merge(armstead_device.edge-a_members) : format("http://%s:%d", device.access_private_ipv4, 2379)])}',
  );
  expect(playbookNames(resource)).toContain(`workers/${path.basename(folder)}/site.yml`);
});

test("ArmCluster.fromConfig() and the constructs give the same bytes", () => {
  const { config } = loadText(clusterText());
  const fromFile = synth((stack) => ArmCluster.fromConfig(stack, "edge", config));

  const fromCode = synth((stack) => {
    const cluster = new ArmCluster(stack, "edge", {
      substrate,
      access: { sshKeys: config.access.sshKeys },
      deployment: Deployment.etcd(),
    });
    cluster.addNodePool("members", members);
    cluster.addNodePool("workers", {
      role: NodeRole.WORKER,
      count: 2,
      kernel: KernelVariant.REALTIME,
      labels: { latency: "low" },
    });
  });

  expect(fromCode).toEqual(fromFile);
});

test("synthesis gives the same bytes in other folders, time zones, and orders of pools", () => {
  const turned = clusterText().replace(
    /(\n {2}- \{ name: members.*)(\n {2}- \{ name: workers.*)/,
    "$2$1",
  );
  const before = process.env.TZ ?? "";

  const texts = [
    [clusterText(), "Pacific/Apia"],
    [turned, "UTC"],
  ].map(([text = "", zone = ""]) => {
    process.env.TZ = zone;
    return synthConfig(...inFolder(text));
  });
  process.env.TZ = before;

  expect(turned).not.toBe(clusterText());
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).not.toContain(tmpdir());
});

test("ArmCluster keys instances by node names: taking one away leaves the others alone", () => {
  const names = (list: string[]): unknown =>
    synth((stack) => {
      new ArmCluster(stack, "edge", props).addNodePool("m", {
        role: NodeRole.ETCD_MEMBER,
        names: list,
      });
    }).resource.armstead_device?.edge_m?.for_each;

  expect(names(["c", "a", "b"])).toBe('${toset(["a", "b", "c"])}');
  expect(names(["c", "a"])).toBe('${toset(["a", "c"])}');
});

test("ArmCluster walks down the substrate's list of plans from the pool's own", () => {
  const plans = (devicePlan?: string): unknown => {
    const { resource } = synth((stack) => {
      new ArmCluster(stack, "edge", props).addNodePool("m", {
        ...members,
        ...(devicePlan === undefined ? {} : { devicePlan }),
      });
    });
    const { plan, fallback_plans: rest } = resource.armstead_device?.edge_m ?? {};
    return [plan, rest];
  };

  expect(plans()).toEqual(["c3.large.arm64", ["c2.large.arm"]]);
  expect(plans("c2.large.arm")).toEqual(["c2.large.arm", undefined]);
  expect(plans("c1.large.arm")).toEqual(["c1.large.arm", ["c3.large.arm64", "c2.large.arm"]]);
});

test("ArmCluster escapes what users write: templates of playbooks and variables stay theirs", () => {
  const { resource } = synth((stack) => {
    const cluster = new ArmCluster(stack, "edge", {
      ...props,
      bootstrap: {
        vars: {
          shell: "${HOME} %{x}",
          none: null,
          nested: { "aB-c": [1, null] },
        },
      },
    });
    cluster.addNodePool("m", members);
  });

  expect(resource.armstead_playbook?.edge_bootstrap?.vars).toMatchObject({
    shell: "$${HOME} %%{x}",
    none: null,
    nested: { "aB-c": [1, null] },
  });
});

test("ArmCluster puts no key and no token into the JSON", () => {
  const text = synthConfig(...inFolder(clusterText()));

  expect(text).not.toMatch(/PRIVATE KEY|auth_token|somebody@/);
});

test("ArmCluster leaves ~ to the machine that runs Terraform, and names no other folder", () => {
  const pathOf = (privateKey: string): unknown =>
    synth((stack) => {
      const access = { sshKeys: [key], privateKey };
      new ArmCluster(stack, "edge", { substrate, access }).addNodePool("m", members);
    }).resource.armstead_playbook?.edge_bootstrap?.private_key_path;

  expect(pathOf("~/.ssh/a${b}")).toBe("~/.ssh/a$${b}");
  expect(pathOf("/keys/id")).toBe("/keys/id");
  expect(pathOf("agent")).toBeUndefined();
});

test("ArmCluster looks an existing project up outside of the lab, and makes one inside", () => {
  const cloud = new MetalSubstrate({
    ...substrate.spec,
    endpoint: "https://api.example",
    createProject: false,
  });

  const inCloud = synth((stack) => {
    new ArmCluster(stack, "edge", { ...props, substrate: cloud }).addNodePool("m", members);
  });
  const inLab = synth((stack) => {
    new ArmCluster(stack, "edge", props).addNodePool("m", members);
  });

  expect(inCloud.data?.armstead_project).toHaveProperty("test_project");
  expect(inCloud.resource.armstead_claim?.edge_claim?.project_id).toBe(
    "${data.armstead_project.test_project.id}",
  );
  expect(inLab.resource.armstead_project).toHaveProperty("test_project");
});

test("two clusters of a stack share a provider when they use the same API, and have no name in common", () => {
  const cloud = new MetalSubstrate({ ...substrate.spec, endpoint: "https://api.example" });

  const { provider, resource } = synth((stack) => {
    for (const [id, where] of [
      ["a", substrate],
      ["b", substrate],
      ["c", cloud],
    ] as const) {
      new ArmCluster(stack, id, { ...props, substrate: where }).addNodePool("m", members);
    }
  });

  expect(provider.armstead).toEqual([
    { dialect: "packet", endpoint: "lab" },
    { alias: "c", dialect: "packet", endpoint: "https://api.example" },
  ]);
  expect(Object.keys(resource.armstead_device ?? {})).toEqual(["a_m", "b_m", "c_m"]);
  expect(resource.armstead_device?.c_m?.provider).toBe("armstead.c");
});

test("addNodePool() tells everything that is wrong with the pool at once", () => {
  const faults = faultsOf(() =>
    synth((stack) => {
      const cluster = new ArmCluster(stack, "edge", props);
      cluster.addNodePool("all", { role: NodeRole.WORKER, count: 2, names: ["a", "a"] });
    }),
  );

  expect(faults.map(({ code }) => code).sort()).toEqual(["AS1214", "AS1215", "AS1224"]);
  expect(faults.every((it) => it.path.startsWith('pool "all"'))).toBe(true);
});

test("addNodePool() refuses what a schema sees", () => {
  const add = (name: string, pool: object): readonly Fault[] =>
    faultsOf(() =>
      synth((stack) => {
        new ArmCluster(stack, "edge", props).addNodePool(name, { ...members, ...pool });
      }),
    );

  expect(add("Bad_Name", {}).map(({ code }) => code)).toEqual(["AS1209"]);
  expect(add("m", { count: 0 }).map(({ code }) => code)).toEqual(["AS1208"]);
  expect(add("m", { role: "woker" })[0]).toMatchObject({ code: "AS1203", suggestion: "worker" });
});

test("ArmCluster refuses a name that is no DNS label", () => {
  const build = (): unknown =>
    synth((stack) => {
      new ArmCluster(stack, "Edge A", props);
    });

  expect(faultsOf(build)[0]?.code).toBe("AS1601");
});

test("synthesis tells every fault that needs the whole cluster", () => {
  const build = () =>
    synth((stack) => {
      const cluster = new ArmCluster(stack, "edge", { ...props, deployment: Deployment.etcd() });
      cluster.addNodePool("a", { role: NodeRole.WORKER, names: ["x"] });
      cluster.addNodePool("b", { role: NodeRole.CONTROL_PLANE, names: ["x"] });
      cluster.bootstrap.vars["a-b"] = 1;
    });

  expect(build).toThrow(/AS1214[^]*AS1216[^]*AS1217[^]*AS1225/);
});

function playbookNames(resource: Synthesized["resource"]): string[] {
  const [playbook] = Object.values(resource.armstead_playbook ?? {});
  return (playbook?.playbooks as { name: string }[]).map(({ name }) => name);
}

/** A loaded file, and the folder beside it for the output: like a repository of its own. */
function inFolder(text: string): Parameters<typeof synthConfig> {
  const folder = mkdtempSync(path.join(tmpdir(), "repository-"));
  mkdirSync(path.join(folder, "keys"));
  const { config } = loadText(text);
  const sshKeys = config.access.sshKeys.map((it) => ({ ...it, written: "./key.pub" }));
  const privateKey = { written: "./keys/id", absolute: path.join(folder, "keys", "id") };
  writeFileSync(privateKey.absolute, "");
  return [{ ...config, access: { ...config.access, sshKeys, privateKey } }, folder];
}
