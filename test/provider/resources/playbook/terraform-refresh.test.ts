/** A refresh with secret variables and with tasks that insist on running: real terraform, real SSH, real plays. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hasSshServer, SshServer } from "../../support/ssh-server";
import { hasTerraform, TerraformFolder } from "../../support/terraform";

jest.setTimeout(120_000);

const PLAY = `
- hosts: all
  gather_facts: false
  tasks:
    - name: token
      ansible.builtin.copy: { content: "{{ token | default('none') }}", dest: "{{ folder }}/token" }
    - name: plain
      ansible.builtin.copy: { content: "plain", dest: "{{ folder }}/plain" }
    - name: count
      ansible.builtin.shell: echo run >> {{ folder }}/runs; echo {{ token }}
      check_mode: false
      changed_when: false
      register: counted
    - name: counted
      ansible.builtin.copy: { content: "{{ counted.stdout }}", dest: "{{ folder }}/counted" }
`;

(hasTerraform && hasSshServer ? describe : describe.skip)("a refresh", () => {
  const terraform = new TerraformFolder();
  const server = new SshServer();
  const made = path.join(server.folder, "made");

  beforeAll(async () => {
    mkdirSync(made);
    await server.start();
    await terraform.install(path.join(__dirname, "..", "..", "support", "playbook-only.ts"));
    const { port, user, hostKey, keyFile } = server;
    terraform.write(`
resource "armstead_playbook" "p" {
  name      = "p"
  playbooks = [{ name = "play.yml", content = file("play.yml") }]
  vars      = { folder = "${made}" }
  secret_vars         = { token = "hunter2" }
  secret_vars_version = 1
  private_key_path    = "${keyFile}"
  hosts = { a = { address = "127.0.0.1", port = ${port}, user = "${user}", host_keys = ["${hostKey}"] } }
}
`);
    writeFileSync(path.join(terraform.folder, "play.yml"), PLAY);
    await terraform.must(["init", "-lockfile=readonly"]);
    await terraform.must(["apply", "-auto-approve"]);
  });

  afterAll(async () => {
    await server.remove();
    terraform.remove();
  });

  const runs = () => readFileSync(path.join(made, "runs"), "utf8");

  test("finds nothing to do where all is as applied, and runs nothing", async () => {
    expect(readFileSync(path.join(made, "token"), "utf8")).toBe("hunter2");
    expect(await terraform.plan()).toBe("no-op");
    expect(runs()).toBe("run\n");
  });

  test("still finds drift that no secret is needed for", async () => {
    rmSync(path.join(made, "plain"));
    rmSync(path.join(made, "token"));

    const output = await terraform.must(["plan", "-out=tfplan"]);

    expect(output).toMatch(/"a" = "drift: plain" -> "sha256:/);
    expect(runs()).toBe("run\n");
    await terraform.must(["apply", "tfplan"]);
    expect(existsSync(path.join(made, "token"))).toBe(true);
    expect(await terraform.plan()).toBe("no-op");
  });
});
