/** `armstead_playbook` from bundle to host: real terraform, real SSH, real plays. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { describeTerraform, terraformPlays } from "../../support/terraform-plays";

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

describeTerraform("armstead_playbook", () => {
  const plays = terraformPlays(() => {
    write({});
  });
  const { terraform } = plays;
  const madeBy = (host: string): string => path.join(plays.made, `${host}.txt`);

  /**
   * Writes the configuration with some hosts; a host has a word of its own, and may have another folder.
   * @param more - further lines of the resource
   */
  function write(
    hosts: Readonly<Record<string, { readonly word: string; readonly folder?: string }>>,
    more = "",
  ): void {
    const entries = Object.entries(hosts).map(([name, { word, folder = plays.made }]) =>
      plays.host(name, { word, folder }),
    );
    terraform.write(`
resource "armstead_playbook" "p" {
  name      = "p"
  playbooks = [{ name = "play.yml", content = file("play.yml") }]
  destroy_playbooks = [{ name = "bye.yml", content = file("bye.yml") }]
  files     = { "templates/greeting.j2" = "{{ word | upper }} {{ common }}\\n" }
  vars      = { common = "to all" }
  private_key_path = "${plays.server.keyFile}"
  hosts = {
    ${entries.join("\n    ")}
  }
  ${more}
}
output "applied" { value = armstead_playbook.p.applied }
`);
    plays.put("play.yml", PLAY);
    plays.put("bye.yml", FAREWELL);
  }

  function greeting(host: string): string {
    return readFileSync(madeBy(host), "utf8");
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
    rmSync(madeBy("b"));

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
    await plays.server.kill();

    const { code, output } = await terraform.run(["apply", "tfplan"]);

    await plays.server.restart();
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
    plays.put("main.tf", readFileSync(main, "utf8").replace("{{ common }}", template));
    plays.put("play.yml", content);
    await terraform.must(["apply", "-auto-approve"]);
    const before = greeting("a");
    rmSync(madeBy("a"));

    await terraform.must(["apply", "-auto-approve"]);

    expect(before).toMatch(/^UNO (\S+) \1 $/m);
    expect(greeting("a")).toBe(before);
    write({ a: { word: "uno" }, b: { word: "two" }, c: { word: "three" } });
    await terraform.must(["apply", "-auto-approve"]);
  });

  test("unreachable hosts fail no plan, and are well again when they are back", async () => {
    await plays.server.kill();
    const output = await terraform.must(["plan"]);
    await plays.server.restart();

    expect(output).toContain('"a" = "unreachable: ');
    expect(await terraform.plan()).toBe("no-op");
  });

  test("destroy runs the destroy playbooks", async () => {
    await terraform.must(["destroy", "-auto-approve"]);

    expect(["a", "b", "c"].filter((it) => existsSync(madeBy(it)))).toEqual([]);
  });

  test("a wrong playbook is shown with its line before anything runs", async () => {
    write({ a: { word: "one" } });
    plays.put("play.yml", PLAY.replace("dest:", "dset:"));

    const { code, output } = await terraform.run(["validate"]);

    expect(code).toBe(1);
    expect(output).toMatch(/play\.yml:\d+:\d+ AS14\d\d .*dset/);
    expect(output).toMatch(/main\.tf line \d+/);
  });
});
