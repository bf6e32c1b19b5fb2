/** `via: null-provider`: what is synthesized, and that it is the same plays, inputs and names. */
import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { clusterText, loadText } from "../support/cluster-folder";
import { synthConfig, type Synthesized } from "../support/synth";

const FILE = clusterText(`bootstrap:
  via: null-provider
  runner: ansible
  plays: [./site.yml]
  destroyPlays: [./site.yml]
  vars: { note: "\${not a template}" }
  secretVars: [db_password]
  secretVarsVersion: 3
  forks: 7
`).replace("[./key.pub]", "[./key.pub], privateKey: agent");

type Provisioner = Readonly<Record<string, unknown>> & { readonly command: string };

function synthesized(): { readonly text: string; readonly folder: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "synth-"));
  const text = synthConfig(loadText(FILE).config, folder);
  return { text, folder: path.join(folder, "cdktf.out", "stacks", "edge") };
}

function resourceOf(text: string): {
  readonly triggers: string;
  readonly provisioner: readonly { readonly "local-exec": Provisioner }[];
} {
  return (JSON.parse(text) as Synthesized).resource.null_resource?.edge_bootstrap as never;
}

test("the resource has triggers, and a provisioner each for apply and destroy", () => {
  // The shipped plays may change.
  const text = synthesized().text.replace(/sha256:[0-9a-f]{64}/g, "sha256:…");

  expect((JSON.parse(text) as Synthesized).resource.armstead_playbook).toBeUndefined();
  expect(resourceOf(text)).toMatchSnapshot();
});

test("all plays that the provider would run lie in the stack's folder, with their files", () => {
  const { text, folder } = synthesized();
  const plain = JSON.parse(
    synthConfig(loadText(FILE.replace("via: null-provider", "via: provider")).config),
  ) as Synthesized;
  const playbook = plain.resource.armstead_playbook?.edge_bootstrap as unknown as {
    readonly playbooks: readonly { readonly name: string; readonly content: string }[];
    readonly runner: string;
  };

  const command = resourceOf(text).provisioner[0]?.["local-exec"].command ?? "";
  const files = command.split(" ").filter((it) => it.startsWith("armstead-plays/"));

  expect(files).toEqual(playbook.playbooks.map(({ name }) => `armstead-plays/edge/${name}`));
  expect(files.length).toBeGreaterThan(3);
  for (const it of files) expect(statSync(path.join(folder, it)).size).toBeGreaterThan(0);
  expect(playbook.runner).toBe("ansible");
});

test("synth gives the same bytes each time, in any folder", () => {
  const [first, second] = [synthesized(), synthesized()];

  expect(first.text).toBe(second.text);
  expect(tree(first.folder)).toEqual(tree(second.folder));
  expect(first.text).not.toContain(tmpdir());
});

test("secrets go into the environment, and neither into triggers nor onto a command line", () => {
  const { triggers, provisioner } = resourceOf(synthesized().text);
  const [create, destroy] = provisioner.map((it) => it["local-exec"]);

  expect(create?.environment).toMatchObject({ TF_VAR_db_password: "${var.db_password}" });
  expect(create?.command).toContain("--secret-var db_password");
  expect(triggers).not.toContain("db_password");
  expect(JSON.stringify(destroy)).not.toContain("db_password");
});

function tree(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((it) => statSync(path.join(folder, it)).isFile());
  return Object.fromEntries(files.map((it) => [it, readFileSync(path.join(folder, it), "utf8")]));
}
