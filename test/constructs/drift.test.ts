/** How a refresh looks for drift, from a cluster file to the resource. */
import { clusterText, loadText } from "../support/cluster-folder";
import { synthConfig, type Synthesized } from "../support/synth";

test.each([
  ["", "full"],
  ["drift: full", "full"],
  ["drift: fast", "fast"],
  ["drift: off", "off"],
])("bootstrap: { %s } gives drift = %s", (setting, expected) => {
  const { config } = loadText(clusterText(`bootstrap: { ${setting} }`));

  const { resource } = JSON.parse(synthConfig(config)) as Synthesized;

  expect(resource.armstead_playbook?.edge_bootstrap).toMatchObject({ drift: expected });
});

test("another word is refused, with those that there are", () => {
  expect(() => loadText(clusterText("bootstrap: { drift: quick }"))).toThrow(/full, fast, off/);
});
