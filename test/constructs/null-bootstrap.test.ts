/** `via: null-provider`: what is synthesized, and that it is the same plays, inputs and names. */
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { destroySecretFaults } from "../../constructs/destroy-secrets";
import { readCluster } from "../../stacks";
import { clusterFolder, clusterText, loadText } from "../support/cluster-folder";
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

const ENDS: readonly (readonly [string, string, string, boolean])[] = [
  ["reads it", 'debug: { msg: "{{ db_password }}" }', "", false],
  ["reads it in a condition", "debug: { msg: x }\n      when: db_password is defined", "", false],
  ["reads it through a variable", "debug: { msg: '{{ url }}' }", "", false],
  ["reads it in a template", "template: { src: end.j2, dest: /x }", "{{ db_password }}", false],
  [
    "names it in a comment and in words alone",
    "debug: { msg: db_password } # {{ db_password }}",
    "",
    true,
  ],
];

test.each(ENDS)("a destroy play that %s", (_, task, template, taken) => {
  const content = `- hosts: all\n  tasks:\n    - ${task}\n`;
  const files: Record<string, string> = template === "" ? {} : { "templates/end.j2": template };
  const faults = destroySecretFaults([{ content, files }], ["db_password"], {
    url: "db:{{ db_password }}@x",
  });

  expect(faults.map(({ code, path: at }) => `${code} ${at}`)).toEqual(
    taken ? [] : ["AS1609 bootstrap.destroyPlays"],
  );
});

test("a destroy play that becomes root needs the password of it, where that is secret", () => {
  const content = "- hosts: all\n  become: true\n  tasks: [ping: {}]\n";

  const faults = destroySecretFaults([{ content, files: {} }], ["ansible_become_password"], {});

  expect(faults).toMatchObject([{ code: "AS1609" }]);
});

test("synth refuses a destroy play that reads a secret, with a hint", () => {
  const folder = clusterFolder(FILE.replace("[./site.yml]\n  vars", "[./end.yml]\n  vars"));
  const end = '- hosts: all\n  tasks: [debug: { msg: "{{ db_password }}" }]\n';
  writeFileSync(path.join(folder, "end.yml"), end);
  const { config } = readCluster("cluster.yaml", { environment: { HOME: "/nowhere" }, folder });

  expect(() => synthConfig(config)).toThrow(/AS1609 {2}bootstrap.destroyPlays.*db_password/s);
});

test("passwords of vaults go into the environment, and neither into triggers nor onto a command line", () => {
  const file = FILE.replace(
    "secretVarsVersion",
    "vaultPasswords: [default, of-prod]\n  secretVarsVersion",
  );
  const text = synthConfig(loadText(file).config);
  const { triggers, provisioner } = resourceOf(text);
  const [create, destroy] = provisioner.map((it) => it["local-exec"]);

  expect(create?.environment).toMatchObject({
    ARMSTEAD_vault_password_default: "${var.vault_password_default}",
    ARMSTEAD_vault_password_of__prod: "${var.vault_password_of-prod}",
  });
  expect(create?.command).toContain(
    "--vault-password-file default@env:ARMSTEAD_vault_password_default --vault-password-file of-prod@env:ARMSTEAD_vault_password_of__prod",
  );
  expect(triggers).not.toContain("vault_password");
  expect(JSON.stringify(destroy)).not.toContain("vault_password");
});

function tree(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((it) => statSync(path.join(folder, it)).isFile());
  return Object.fromEntries(files.map((it) => [it, readFileSync(path.join(folder, it), "utf8")]));
}
