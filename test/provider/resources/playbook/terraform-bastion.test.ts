/** Hosts behind a bastion, and a key with a passphrase: real terraform, real SSH, real plays. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { type Sshd, startSshd } from "../../../support/sshd";
import { describeTerraform, terraformPlays } from "../../support/terraform-plays";

jest.setTimeout(120_000);

const PASSPHRASE = "correct horse battery";
const PLAY = `
- hosts: all
  gather_facts: false
  tasks:
    - name: greet
      ansible.builtin.copy: { content: "{{ word }}", dest: "{{ folder }}/greeting" }
`;
const BYE = `
- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.file: { path: "{{ folder }}/greeting", state: absent }
`;

describeTerraform("armstead_playbook with a bastion", () => {
  let bastion: Sshd;
  beforeAll(async () => {
    bastion = await startSshd();
  });
  afterAll(() => bastion.stop());

  const plays = terraformPlays(({ server: { keyFile } }) => {
    const how = ["-q", "-p", "-a", "1", "-P", "", "-N", PASSPHRASE, "-f", keyFile];
    execFileSync("ssh-keygen", how);
    plays.put("play.yml", PLAY);
    plays.put("bye.yml", BYE);
    write("hello");
  });
  const { terraform } = plays;
  const greeting = (): string => path.join(plays.made, "greeting");
  /** What refresh and destroy need, as nothing of it is stored. */
  const environment = (): Record<string, string> => ({
    ARMSTEAD_SSH_PASSPHRASE: PASSPHRASE,
    ARMSTEAD_BASTION_PRIVATE_KEY: bastion.key.reveal(),
  });

  /** @param more - lines of the resource; without any, keys come from the environment */
  function write(word: string, more = "", bastionKeys = bastion.hostKeys): void {
    terraform.write(`
resource "armstead_playbook" "p" {
  name      = "p"
  playbooks = [{ name = "play.yml", content = file("play.yml") }]
  destroy_playbooks = [{ name = "bye.yml", content = file("bye.yml") }]
  vars      = { folder = "${plays.made}", word = "${word}" }
  private_key_path = "${plays.server.keyFile}"
  bastion = {
    address   = "127.0.0.1"
    port      = ${bastion.port}
    user      = "${bastion.user}"
    host_keys = ${JSON.stringify(bastionKeys)}
  }
  hosts = {
    ${plays.host("a")}
  }
  ${more}
}
`);
  }

  const run = (...args: string[]) => terraform.run(args, environment());

  test("applies with keys that are stored nowhere", async () => {
    const keys = `
  private_key_passphrase = "${PASSPHRASE}"
  bastion_private_key    = <<-KEY
${bastion.key.reveal()}
KEY`;
    write("hello", keys);

    // The greater part of a refresh knows no write-only value.
    const output = await terraform.must(["apply", "-auto-approve"]);

    expect(readFileSync(greeting(), "utf8")).toBe("hello");
    const state = readFileSync(path.join(terraform.folder, "terraform.tfstate"), "utf8");
    const [, secret = ""] = bastion.key.reveal().split("\n");
    for (const it of [state, output]) {
      expect(it).not.toContain(PASSPHRASE);
      expect(it).not.toContain(secret);
    }
  });

  test("finds drift through the bastion", async () => {
    write("hello");
    rmSync(greeting());

    const { output } = await run("plan");

    expect(output).toMatch(/"a" = "drift: greet" -> "sha256:/);
    expect((await run("apply", "-auto-approve")).code).toBe(0);
    expect(readFileSync(greeting(), "utf8")).toBe("hello");
  });

  test("a bastion that is away says nothing about hosts: a plan warns, an apply fails", async () => {
    write("changed");
    await bastion.kill();

    const planned = await run("plan", "-out=tfplan");
    const applied = await run("apply", "tfplan");

    await bastion.restart();
    expect(planned.output).toMatch(/Warning: AS1829: .*AS2213/);
    expect(planned.output).not.toContain("unreachable: ");
    expect(applied.code).toBe(1);
    expect(applied.output).toMatch(/AS1827: .*AS2213 .*bastion 127\.0\.0\.1/);
    expect(applied.output).toContain("Check the bastion's address and port");
  });

  test("a bastion with another key is not used, and it is said what to do", async () => {
    write("changed", "", plays.server.hostKeys);

    const { code, output } = await run("apply", "-auto-approve", "-refresh=false");

    expect(code).toBe(1);
    expect(output).toMatch(/AS2203 .*bastion 127\.0\.0\.1 .*shows ssh-ed25519 SHA256:.*expected/);
    expect(output).toMatch(/put its new key in place of the old one \(of a bastion: host_keys/);
    expect(readFileSync(greeting(), "utf8")).toBe("hello");
  });

  test("a wrong passphrase has words of its own, and is not shown", async () => {
    write("changed");
    const wrong = { ...environment(), ARMSTEAD_SSH_PASSPHRASE: "incorrect horse" };

    const { code, output } = await terraform.run(
      ["apply", "-auto-approve", "-refresh=false"],
      wrong,
    );

    expect(code).toBe(1);
    expect(output).toMatch(/AS1827: .*AS2216/);
    expect(output).not.toContain("incorrect horse");
  });

  test("destroys through the bastion", async () => {
    const { code } = await run("destroy", "-auto-approve");

    expect(code).toBe(0);
    expect(existsSync(greeting())).toBe(false);
  });
});
