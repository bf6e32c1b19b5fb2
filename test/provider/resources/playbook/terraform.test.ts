/** `armstead_playbook` from bundle to host: real terraform, real SSH, real plays. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hasSshServer, SshServer } from "../../support/ssh-server";
import { hasTerraform, TerraformFolder } from "../../support/terraform";

jest.setTimeout(120_000);

const PLAY = `
- hosts: all
  gather_facts: false
  tasks:
    - name: greet
      ansible.builtin.template:
        src: greeting.j2
        dest: "{{ folder }}/{{ inventory_hostname }}.txt"
`;
const FAREWELL = `
- hosts: all
  gather_facts: false
  tasks:
    - name: tidy
      ansible.builtin.file: { path: "{{ folder }}/{{ inventory_hostname }}.txt", state: absent }
`;

(hasTerraform && hasSshServer ? describe : describe.skip)("armstead_playbook", () => {
  const terraform = new TerraformFolder();
  const server = new SshServer();
  const made = path.join(server.folder, "made");

  beforeAll(async () => {
    mkdirSync(made);
    await server.start();
    await terraform.install(path.join(__dirname, "..", "..", "support", "playbook-only.ts"));
    write({});
    await terraform.must(["init", "-lockfile=readonly"]);
  });

  afterAll(async () => {
    await server.remove();
    terraform.remove();
  });

  /**
   * Writes the configuration with some hosts; a host has a word of its own, and may have another folder.
   * @param more - further lines of the resource
   */
  function write(
    hosts: Readonly<Record<string, { readonly word: string; readonly folder?: string }>>,
    more = "",
  ): void {
    const { port, user, hostKey, keyFile } = server;
    const entries = Object.entries(hosts).map(([name, { word, folder = made }]) => {
      const vars = JSON.stringify({ word, folder });
      return `${name} = { address = "127.0.0.1", port = ${port}, user = "${user}", host_keys = ["${hostKey}"], vars = ${vars} }`;
    });
    terraform.write(`
resource "armstead_playbook" "p" {
  name      = "p"
  playbooks = [{ name = "play.yml", content = file("play.yml") }]
  destroy_playbooks = [{ name = "bye.yml", content = file("bye.yml") }]
  files     = { "templates/greeting.j2" = "{{ word | upper }} {{ common }}\\n" }
  vars      = { common = "to all" }
  private_key_path = "${keyFile}"
  hosts = {
    ${entries.join("\n    ")}
  }
  ${more}
}
output "applied" { value = armstead_playbook.p.applied }
`);
    writeFileSync(path.join(terraform.folder, "play.yml"), PLAY);
    writeFileSync(path.join(terraform.folder, "bye.yml"), FAREWELL);
  }

  function greeting(host: string): string {
    return readFileSync(path.join(made, `${host}.txt`), "utf8");
  }

  function applied(): Readonly<Record<string, string>> {
    return terraform.instance?.attributes.applied as Readonly<Record<string, string>>;
  }

  test("create renders on the hosts, and the next plan is empty", async () => {
    write({ a: { word: "one" }, b: { word: "two" } });

    await terraform.must(["apply", "-auto-approve"]);

    expect(greeting("a")).toBe("ONE to all\n");
    expect(greeting("b")).toBe("TWO to all\n");
    expect(await terraform.plan()).toBe("no-op");
  });

  test("a new host shows as one new entry", async () => {
    write({ a: { word: "one" }, b: { word: "two" }, c: { word: "three" } });

    const output = await terraform.must(["plan", "-out=tfplan"]);
    await terraform.must(["apply", "tfplan"]);

    expect(output).toMatch(
      /~ applied = \{ \+ "c" = "sha256:[0-9a-f]{64}" # \(2 unchanged elements hidden\) \}/,
    );
    expect(greeting("c")).toBe("THREE to all\n");
  });

  test("drift is named by its task, and repaired", async () => {
    rmSync(path.join(made, "b.txt"));

    const output = await terraform.must(["plan", "-out=tfplan"]);
    await terraform.must(["apply", "tfplan"]);

    expect(output).toMatch(/~ "b" = "drift: .*greet.*" -> "sha256:/);
    expect(greeting("b")).toBe("TWO to all\n");
    expect(await terraform.plan()).toBe("no-op");
  });

  test("a host that fails in an update is told with its task; the others are done", async () => {
    write({
      a: { word: "uno" },
      b: { word: "two", folder: "/dev/null/nowhere" },
      c: { word: "three" },
    });

    const { code, output } = await terraform.apply();

    expect(code).toBe(1);
    expect(output).toMatch(/Error: AS1826: b: .*greet/);
    expect(output).toMatch(
      /on main\.tf line \d+, in resource "armstead_playbook" "p": \d+: b = \{/,
    );
    expect(greeting("a")).toBe("UNO to all\n");
    expect(applied().b).toMatch(/^failed: /);
    expect(terraform.instance?.status).toBeUndefined();
    write({ a: { word: "uno" }, b: { word: "two" }, c: { word: "three" } });
    expect(await terraform.plan()).toBe("update");
    await terraform.must(["apply", "tfplan"]);
  });

  test("a host that went away since the plan fails the apply that records failures", async () => {
    const record = `
  on_failure = "record"
  lifecycle {
    postcondition {
      condition     = alltrue([for it in values(self.applied) : startswith(it, "sha256:")])
      error_message = "not every node is set up"
    }
  }`;
    write({ a: { word: "un" }, b: { word: "two" }, c: { word: "three" } }, record);
    await terraform.must(["plan", "-out=tfplan"]);
    await server.stop();

    const { code, output } = await terraform.run(["apply", "tfplan"]);

    await server.start();
    expect(code).toBe(1);
    expect(output).toContain("not every node is set up");
    expect(applied().a).toMatch(/^pending: AS2202 /);
    await terraform.must(["apply", "-auto-approve"]);
    expect(greeting("a")).toBe("UN to all\n");
    write({ a: { word: "uno" }, b: { word: "two" }, c: { word: "three" } });
    await terraform.must(["apply", "-auto-approve"]);
  });

  test("a host whose plays read facts of another is repaired by itself", async () => {
    const content = PLAY.replace("gather_facts: false", "gather_facts: true");
    write({ a: { word: "uno" }, b: { word: "two" } });
    const template =
      "{% for it in groups['all'] %}{{ hostvars[it].ansible_hostname }} {% endfor %}";
    const main = path.join(terraform.folder, "main.tf");
    writeFileSync(main, readFileSync(main, "utf8").replace("{{ common }}", template));
    writeFileSync(path.join(terraform.folder, "play.yml"), content);
    await terraform.must(["apply", "-auto-approve"]);
    const before = greeting("a");
    rmSync(path.join(made, "a.txt"));

    await terraform.must(["apply", "-auto-approve"]);

    expect(before).toMatch(/^UNO (\S+) \1 $/m);
    expect(greeting("a")).toBe(before);
    write({ a: { word: "uno" }, b: { word: "two" }, c: { word: "three" } });
    await terraform.must(["apply", "-auto-approve"]);
  });

  test("unreachable hosts fail no plan, and are well again when they are back", async () => {
    await server.stop();
    const output = await terraform.must(["plan"]);
    await server.start();

    expect(output).toContain('"a" = "unreachable: ');
    expect(await terraform.plan()).toBe("no-op");
  });

  test("destroy runs the destroy playbooks", async () => {
    await terraform.must(["destroy", "-auto-approve"]);

    expect(["a", "b", "c"].filter((it) => existsSync(path.join(made, `${it}.txt`)))).toEqual([]);
  });

  test("a wrong playbook is shown with its line before anything runs", async () => {
    write({ a: { word: "one" } });
    writeFileSync(path.join(terraform.folder, "play.yml"), PLAY.replace("dest:", "dset:"));

    const { code, output } = await terraform.run(["validate"]);

    expect(code).toBe(1);
    expect(output).toMatch(/play\.yml:\d+:\d+ AS14\d\d .*dset/);
    expect(output).toMatch(/main\.tf line \d+/);
  });
});
