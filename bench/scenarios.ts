/** The stacks that are measured, the floor first. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { writeClusterFile } from "./cluster-file";

/** Names of what is measured beside the floor. */
export const SCENARIO_NAMES = ["devices", "cluster", "cluster+play"] as const;

/** One stack, and how it is synthesized. */
export interface Scenario {
  readonly name: "floor" | (typeof SCENARIO_NAMES)[number];
  /** What is in its stack, for the report. */
  readonly holds: string;
  /** Words after `node -r ts-node/register`, in the repository's root. */
  readonly app: readonly string[];
  /** Variables for the app. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What scenarios are made from. */
export interface ScenarioParts {
  readonly devices: number;
  /** Where files for the stacks may be written. */
  readonly folder: string;
  readonly publicKeyFile: string;
}

const PLAY = `- hosts: all
  gather_facts: false
  tasks:
    - name: a file of one line
      ansible.builtin.copy: { content: "bench", dest: /etc/armstead-bench, mode: "0644" }
`;

/** All scenarios; writes the files that their stacks are made from. */
export function createScenarios({ devices, folder, publicKeyFile }: ScenarioParts): Scenario[] {
  const play = path.join(folder, "play.yml");
  writeFileSync(play, PLAY);
  const cluster = (
    name: string,
    bootstrap: Readonly<Record<string, unknown>>,
  ): Scenario["environment"] => {
    const file = path.join(folder, `${name}.yaml`);
    writeClusterFile(file, {
      publicKeyFile,
      pools: [{ name: "nodes", count: devices }],
      bootstrap,
    });
    return { ARMSTEAD_CLUSTER: file };
  };
  return [
    {
      name: "floor",
      holds: `${devices} terraform_data of terraform's own plugin, synthesized by cdktf`,
      app: ["bench/apps/floor.ts", String(devices)],
      environment: {},
    },
    {
      name: "devices",
      holds: `${devices} armstead_device with project, claim and key; each is waited for until it shows its SSH host key`,
      app: ["bench/apps/devices.ts", String(devices), publicKeyFile],
      environment: {},
    },
    {
      name: "cluster",
      holds: `a cluster file with one pool of ${devices}: devices, and the plays that every cluster has`,
      app: ["main.ts"],
      environment: cluster("cluster", {}),
    },
    {
      name: "cluster+play",
      holds: "the same cluster file, and one play of one task on every node",
      app: ["main.ts"],
      environment: cluster("cluster-play", { plays: [play] }),
    },
  ];
}
