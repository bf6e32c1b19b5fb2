/** A refresh with secret variables and with tasks that insist on running: real terraform, real SSH, real plays. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { describeTerraform, terraformPlays } from "../../support/terraform-plays";

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

describeTerraform("a refresh", () => {
  const plays = terraformPlays(() => {
    plays.put("play.yml", PLAY);
    terraform.write(`
resource "armstead_playbook" "p" {
  name      = "p"
  playbooks = [{ name = "play.yml", content = file("play.yml") }]
  vars      = { folder = "${plays.made}" }
  secret_vars         = { token = "hunter2" }
  secret_vars_version = 1
  private_key_path    = "${plays.server.keyFile}"
  hosts = { ${plays.host("a")} }
}
`);
  });
  const { terraform } = plays;

  beforeAll(async () => {
    await terraform.must(["apply", "-auto-approve"]);
  });

  const runs = () => readFileSync(path.join(plays.made, "runs"), "utf8");

  test("finds nothing to do where all is as applied, and runs nothing", async () => {
    expect(readFileSync(path.join(plays.made, "token"), "utf8")).toBe("hunter2");
    expect(await terraform.plan()).toBe("no-op");
    expect(runs()).toBe("run\n");
  });

  test("still finds drift that no secret is needed for", async () => {
    rmSync(path.join(plays.made, "plain"));
    rmSync(path.join(plays.made, "token"));

    const output = await terraform.must(["plan", "-out=tfplan"]);

    expect(output).toMatch(/"a" = "drift: plain" -> "sha256:/);
    expect(runs()).toBe("run\n");
    await terraform.must(["apply", "tfplan"]);
    expect(existsSync(path.join(plays.made, "token"))).toBe(true);
    expect(await terraform.plan()).toBe("no-op");
  });
});
