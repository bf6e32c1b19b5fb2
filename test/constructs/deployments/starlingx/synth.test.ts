/** A StarlingX cluster on its way to Terraform: from a file and from code, without a secret. */
import { stringify } from "yaml";
import type { ClusterSpec } from "../../../../cluster";
import { STARLINGX_NAMES } from "../../../../cluster/deployments/starlingx/kinds";
import { starlingxKinds } from "../../../../constructs/deployments/starlingx";
import { playVars } from "../../../../constructs/deployments/starlingx/play-vars";
import { validCluster } from "../../../cluster/deployments/starlingx/valid-clusters";
import { loadText } from "../../../support/cluster-folder";
import { synth, synthConfig, type Synthesized } from "../../../support/synth";
import {
  ArmCluster,
  ClusterImage,
  Deployment,
  MetalSubstrate,
  RegistryMirrors,
} from "../../../../constructs";
import { VARIANTS } from "./variants";

const SECRETS = [
  "# Made of the description of the cluster; changes here do not last.",
  "vault_admin_password: {{ starlingx_admin_password | to_json }}",
  "vault_ansible_become_pass: {{ starlingx_sysadmin_password | to_json }}",
  "vault_docker_registries:",
  "  docker.io:",
  '    url: "mirror.example:5000/hub"',
  '    type: "docker"',
  "    username: {{ who | to_json }}",
  "    password: {{ word | to_json }}",
  "    secure: true",
  "  defaults:",
  '    url: "[fd00::1]:5000"',
  '    type: "docker"',
  "    secure: false",
];

test.each(STARLINGX_NAMES)(
  "a file of kind starlingx/%s is loaded without a warning, and synthesized",
  (name) => {
    const { config, warnings } = loadText(fileOf(validCluster(name)));
    const json = synthConfig(config);
    const { resource } = JSON.parse(json) as Synthesized;
    const playbook = Object.values(resource.armstead_playbook ?? {})[0] as Record<string, unknown>;
    const names = (playbook.playbooks as { name: string }[]).map((it) => it.name);

    expect(warnings).toEqual([]);
    expect(names).toContain("armstead/starlingx/playbook.yml");
    expect(Object.keys(playbook.files as object)).toEqual(
      expect.arrayContaining([
        "armstead/starlingx/files/step",
        "armstead/starlingx/tasks/step.yml",
      ]),
    );
    expect(JSON.stringify(playbook.vars)).toContain("host-unlock");
  },
);

test.each(STARLINGX_NAMES)("code says what a file of kind starlingx/%s says", (name) => {
  const spec = validCluster(name);
  const { config } = loadText(fileOf(spec));
  const { kind: _, ...options } = spec.deployment ?? {};

  const fromFile = synth((stack) => ArmCluster.fromConfig(stack, "edge", config));
  const fromCode = synth((stack) => {
    const [key] = config.access.sshKeys;
    const cluster = new ArmCluster(stack, "edge", {
      substrate: new MetalSubstrate({ project: "demo", metro: "da", capacity: ["c3.large.arm64"] }),
      image: ClusterImage.of("starlingx", { release: "4" }),
      access: { sshKeys: key ? [key] : [], privateKey: config.access.privateKey ?? "agent" },
      mirrors: new RegistryMirrors({ rewrites: "arm64-defaults" }),
      deployment: Deployment.starlingx({
        configuration: name,
        ...options,
      }),
      bootstrap: { secretVars: spec.bootstrap.secretVars },
    });
    for (const { name: own, role, count = 1 } of spec.pools)
      cluster.addNodePool(own, { role, count });
  });

  expect(fromCode).toEqual(fromFile);
});

test.each([
  ["another image", { image: { family: "debian", release: "13" } }, "AS1234"],
  [
    "a release without a real-time kernel",
    { image: { family: "starlingx", release: "2" }, kernel: "realtime" },
    "AS1220",
  ],
  [
    "a role that the configuration has not",
    { pools: [pool("controller", 1), pool("storage", 2)] },
    "AS1216",
  ],
])("a file with %s is refused", (_, change, code) => {
  const cluster = { ...validCluster("aio-sx"), ...change } as ClusterSpec;

  expect(() => loadText(fileOf(cluster))).toThrow(code);
});

test("the endpoint is Kubernetes at the address that follows the active controller", () => {
  const kind = starlingxKinds.find(({ rules }) => rules.kind === "starlingx/aio-dx");
  const networks = { oam: { subnet: "fd00::/64", gateway: "fd00::1", floating: "fd00::2" } };

  expect(kind?.define({ networks }).endpoint?.({ map: () => "" })).toBe('"https://[fd00::2]:6443"');
});

test("passwords and logins are templates in the variables, and nowhere else", () => {
  const cluster = VARIANTS["registries, proxies and overrides are taken by the bootstrap"];
  const vars = cluster ? playVars(cluster) : {};
  const { starlingx_secret_files: secret, ...open } = vars;

  expect(JSON.stringify(open)).not.toMatch(/to_json|\bwho\b/);
  expect(vars.starlingx_sysadmin).toBe("{{ starlingx_sysadmin_password }}");
  expect(secret).toEqual({
    "controller-0": [
      {
        name: "secrets.yml",
        content: `${SECRETS.join("\n")}\n`,
      },
    ],
  });
});

test("text that looks like a template is left as it was", () => {
  const cluster = validCluster("aio-sx");
  const { kind = "", ...own } = cluster.deployment ?? {};
  const overrides = {
    banner: { "motd.head": "{{ starlingx_admin_password | to_json }} {% x %} {# y #}" },
  };
  const hostile: ClusterSpec = { ...cluster, deployment: { kind, ...own, overrides } };

  const text = JSON.stringify(playVars(hostile).starlingx_files);

  expect(text).toContain("{{ '{{' }} starlingx_admin_password");
  expect(text).toContain("{{ '{%' }} x");
  expect(text).toContain("{{ '{#' }} y");
});

function pool(role: "controller" | "storage", count: number): object {
  return { name: role, role, count };
}

/** What a user would have written. */
function fileOf(cluster: ClusterSpec): string {
  const { substrate, access: _, ...rest } = cluster;
  const { endpoint: __, ...metal } = substrate.metal;
  const access = { sshKeys: ["./key.pub"], user: "root" };
  return stringify({ ...rest, substrate: { metal }, access });
}
