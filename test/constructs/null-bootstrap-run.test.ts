/**
 * What `via: null-provider` synthesizes, run by a real terraform against a real sshd. The null provider's binary is
 * in no package of Debian or npm: Terraform's own terraform_data stands in, which has triggers and provisioners too.
 */
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import type { DeploymentPlay } from "../../constructs/deployment-play";
import { escapeTemplate } from "../../constructs/expression";
import { NullBootstrap } from "../../constructs/null-bootstrap";
import { secretsOf, vaultPasswordsOf } from "../../constructs/secrets";
import { hasTerraform } from "../provider/support/terraform";
import { PROGRAM } from "../support/command-line";
import { type Sshd, startSshd } from "../support/sshd";

jest.setTimeout(120_000);

const TWO_WORDS = `${process.execPath} ${PROGRAM}`;
const SECRET = "s3cret 'word'";
const NOTE = "a ${note} of \"'%{x}";
const SITE = `- hosts: web
  gather_facts: false
  tasks:
    - ansible.builtin.copy: { src: motd, dest: "{{ folder }}/a b.c" }
    - ansible.builtin.copy: { content: "{{ token }} {{ note }}", dest: "{{ folder }}/token" }
    - ansible.builtin.copy: { src: sealed, dest: "{{ folder }}/opened" }
`;
const SEALED = path.join(__dirname, "..", "playbooks", "vault", "made", "v1.1.yml");
const BYE = `- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.template: { src: bye.j2, dest: "{{ folder }}/bye" }
`;

let sshd: Sshd;
let folder: string;
let made: string;

beforeAll(async () => {
  sshd = await startSshd();
  folder = mkdtempSync(path.join(tmpdir(), "null-"));
  made = path.join(sshd.folder, "made");
  mkdirSync(made);
});

afterAll(async () => {
  await sshd.stop();
});

(hasTerraform ? test : test.skip)(
  "apply runs the plays once, again when a trigger differs, and destroy with the inputs of the state",
  async () => {
    write("welcome\n");
    const first = await terraform("apply", "-auto-approve");
    const state = readFileSync(path.join(folder, "terraform.tfstate"), "utf8");

    expect(readFileSync(path.join(made, "a b.c"), "utf8")).toBe("welcome\n");
    expect(readFileSync(path.join(made, "token"), "utf8")).toBe(`${SECRET} ${NOTE}`);
    expect(existsSync(path.join(made, "bye"))).toBe(false);
    expect(readFileSync(path.join(made, "opened"), "utf8")).toContain("s3cret-value");
    for (const it of [first, state]) expect(it).not.toMatch(/s3cret|correct horse/);
    expect(readFileSync(path.join(folder, "runs", "edge.jsonl"), "utf8")).not.toContain("s3cret");

    expect(await terraform("plan", "-detailed-exitcode")).toContain("No changes");

    write("changed\n");
    await terraform("apply", "-auto-approve");
    expect(readFileSync(path.join(made, "a b.c"), "utf8")).toBe("changed\n");

    // A destroy finds none of the files, and has the words of the last apply.
    rmSync(path.join(folder, "armstead-plays"), { recursive: true });
    const program = path.join(folder, "my 'own' armstead");
    const lines = ["#!/bin/sh", `exec '${process.execPath}' '${PROGRAM}' "$@"`, ""];
    writeFileSync(program, lines.join("\n"), { mode: 0o755 });
    await terraform("destroy", "-auto-approve", program);
    expect(readFileSync(path.join(made, "bye"), "utf8")).toBe(`bye ${NOTE}`);
  },
);

(hasTerraform ? test : test.skip)("what does not fit fails the plan", async () => {
  write("x".repeat(10), "y".repeat(600_000));
  await expect(terraform("plan", "-detailed-exitcode")).rejects.toMatchObject({ code: 2 });

  write("x".repeat(10), "y".repeat(800_000));
  await expect(terraform("plan", "-detailed-exitcode")).rejects.toThrow(/more than fits the/);
});

/** Synthesizes into the folder in which terraform runs. */
function write(motd: string, note = NOTE): void {
  const outdir = path.join(folder, "out");
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  const site: DeploymentPlay = {
    name: "my plays/site.yml",
    content: SITE,
    files: { "files/motd": motd, "files/sealed": readFileSync(SEALED, "utf8") },
  };
  const bye: DeploymentPlay = {
    name: "bye.yml",
    content: BYE,
    files: { "templates/bye.j2": "bye {{ note }}" },
  };
  new NullBootstrap(stack, "Null", {
    cluster: "edge",
    resourceName: "edge_bootstrap",
    hosts: () => hostsExpression(),
    vars: () => ({ folder: made, note: escapeTemplate(note) }),
    plays: () => [site],
    destroyPlays: () => [bye],
    secretVars: secretsOf(stack, ["token"]),
    vaultPasswords: vaultPasswordsOf(stack, ["default"]),
    secretVarsVersion: 1,
    keyPath: sshd.keyFile,
    forks: new TerraformVariable(stack, "forks", { type: "number", default: 2 }).numberValue,
    runner: undefined,
  });
  app.synth();
  const from = path.join(outdir, "stacks", "test");
  const text = readFileSync(path.join(from, "cdk.tf.json"), "utf8");
  const json = JSON.parse(
    text
      .replaceAll("self.triggers.", "self.triggers_replace.")
      .replace('"triggers"', '"triggers_replace"'),
  ) as Record<string, Record<string, unknown>>;
  const { null_resource: resources } = json.resource as { null_resource: Record<string, object> };
  const { edge_bootstrap: resource } = resources;
  const rewritten = {
    variable: json.variable,
    locals: json.locals,
    resource: { terraform_data: { edge_bootstrap: { ...resource, provider: undefined } } },
  };
  writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(rewritten));
  rmSync(path.join(folder, "armstead-plays"), { recursive: true, force: true });
  const plays = path.join(from, "armstead-plays");
  cpSync(plays, path.join(folder, "armstead-plays"), { recursive: true });
}

function hostsExpression(): string {
  const { address, port, user, hostKeys } = sshd;
  const keys = hostKeys.map((it) => JSON.stringify(it)).join(", ");
  const parts = [
    `address = "${address}"`,
    `port = ${port}`,
    `user = "${user}"`,
    `host_keys = [${keys}]`,
    'machine_id = "m"',
    'groups = ["web"]',
    'vars = { node_name = "a" }',
  ];
  return `{ a = { ${parts.join(", ")} } }`;
}

/** Runs terraform where the stack is; what it prints, with the command's own words. */
async function terraform(command: string, word: string, program = TWO_WORDS): Promise<string> {
  const { PATH = "", TMPDIR = "/tmp", HOME = "/" } = process.env;
  const environment = {
    ...{ PATH, TMPDIR, HOME },
    ARMSTEAD: program,
    ARMSTEAD_RUN_LOG: path.join(folder, "runs"),
    TS_NODE_TRANSPILE_ONLY: "true",
    TF_VAR_token: SECRET,
    TF_VAR_vault_password_default: "correct horse",
    ...{ TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
  };
  const options = { cwd: folder, env: environment, maxBuffer: 16 * 1024 * 1024 };
  const run = promisify(execFile);
  if (!existsSync(path.join(folder, ".terraform"))) await run("terraform", ["init"], options);
  const { stdout, stderr } = await run("terraform", [command, word, "-no-color"], options);
  return stdout + stderr;
}
