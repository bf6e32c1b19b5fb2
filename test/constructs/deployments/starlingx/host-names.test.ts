/** Who names the hosts of a cluster: StarlingX its own, the play `base` all others. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadText } from "../../../support/cluster-folder";
import { synthConfig, type Synthesized } from "../../../support/synth";

const EXAMPLES = path.join(__dirname, "..", "..", "..", "..", "examples");

test.each([
  ["starlingx-aio-dx", true],
  ["starlingx-distributed-cloud", true],
  ["etcd-edge", undefined],
])("%s: the play base is told that nodes name themselves: %s", (example, told) => {
  const text = readFileSync(path.join(EXAMPLES, example, "cluster.yaml"), "utf8");
  const { config } = loadText(text.replace(/sshKeys: \[[^\]]*\]/, "sshKeys: [./key.pub]"));
  const { resource } = JSON.parse(synthConfig(config)) as Synthesized;
  const [playbook] = Object.values(resource.armstead_playbook ?? {});

  expect((playbook?.vars as Record<string, unknown>).node_names_itself).toBe(told);
});
