/**
 * What a reviewer reads in a plan, how an apply that failed half-way is resumed, and the quick look for drift: real
 * terraform, real SSH, real plays.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describeTerraform, terraformPlays } from "../../support/terraform-plays";

jest.setTimeout(120_000);

/** Hosts one after the other: b does not go on while there is a file `stop`, behind a change that notifies. */
const PLAY = `
- hosts: all
  gather_facts: false
  serial: 1
  tasks:
    - name: write
      ansible.builtin.copy: { content: "{{ word }}\\n", dest: "{{ folder }}/{{ inventory_hostname }}" }
      notify: again
    - name: gate
      ansible.builtin.command: test ! -e {{ folder }}/stop
      when: inventory_hostname == 'b'
      changed_when: false
    - name: count
      ansible.builtin.shell: echo {{ inventory_hostname }} >> {{ folder }}/ran
      changed_when: false
  handlers:
    - name: again
      ansible.builtin.shell: echo {{ inventory_hostname }} >> {{ folder }}/handled
`;

describeTerraform("armstead_playbook", () => {
  const plays = terraformPlays(() => {
    write({});
  });
  const { terraform } = plays;

  function write(words: Readonly<Record<string, string>>): void {
    const hosts = ["a", "b", "c"].map((name) => plays.host(name, { word: words[name] ?? "one" }));
    terraform.write(`
resource "armstead_playbook" "p" {
  name      = "p"
  playbooks = [{ name = "play.yml", content = file("play.yml") }]
  vars      = { folder = "${plays.made}" }
  private_key_path = "${plays.server.keyFile}"
  drift      = "fast"
  on_failure = "record"
  lifecycle {
    postcondition {
      condition     = alltrue([for it in values(self.applied) : startswith(it, "sha256:")])
      error_message = "not every node is set up"
    }
  }
  hosts = {
    ${hosts.join("\n    ")}
  }
}
`);
    plays.put("play.yml", PLAY);
  }

  /** Lines of a file, which is gone afterwards. */
  function taken(name: string): string[] {
    const file = path.join(plays.made, name);
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").trim().split("\n");
    rmSync(file);
    return lines;
  }

  test("a first apply that fails on one host keeps the host before it, and taints nothing", async () => {
    writeFileSync(path.join(plays.made, "stop"), "");

    const { code, output } = await terraform.apply();

    expect(code).toBe(1);
    expect(output).toContain("not every node is set up");
    expect(terraform.instance?.attributes.applied).toEqual({
      a: expect.stringMatching(/^sha256:/) as string,
      b: expect.stringMatching(/^failed: AS2301 play\.yml:\d+ task "gate" failed/) as string,
      c: expect.stringMatching(/^pending/) as string,
    });
    expect([taken("ran"), taken("handled")]).toEqual([["a"], ["a"]]);
  });

  test("the next apply begins with the host that failed, and runs the handler that it owes", async () => {
    rmSync(path.join(plays.made, "stop"));

    const output = await terraform.must(["plan", "-out=tfplan"]);
    await terraform.must(["apply", "tfplan"]);

    expect(output).toMatch(
      /~ touches = \{ ~ "b" = "run 1: new host" -> "run 2: failed: AS2301 play\.yml:\d+ task \\"gate\\" failed: .*" ~ "c" = "run 1: new host" -> "run 2: pending.*" # \(1 unchanged element hidden\) \}/,
    );
    expect([taken("ran"), taken("handled")]).toEqual([
      ["b", "c"],
      ["b", "c"],
    ]);
    expect(await terraform.plan()).toBe("no-op");
  });

  test("a variable of one host is told in words", async () => {
    write({ c: "two" });

    const output = await terraform.must(["plan", "-out=tfplan"]);
    await terraform.must(["apply", "tfplan"]);

    expect(output).toMatch(
      /~ touches = \{ ~ "c" = "run 2: pending.*" -> "run 3: variable \\"word\\" of the host changed" # \(2 unchanged elements hidden\) \}/,
    );
    expect(taken("ran")).toEqual(["c"]);
    expect(await terraform.plan()).toBe("no-op");
  });

  test("a file that was edited is told with its host and path, and only that host runs", async () => {
    taken("handled");
    writeFileSync(path.join(plays.made, "a"), "edited\n");

    const output = await terraform.must(["plan", "-out=tfplan"]);
    await terraform.must(["apply", "tfplan"]);

    expect(output).toContain(`~ "a" = "drift: ${plays.made}/a: content" -> (known after apply)`);
    expect(output).toContain(
      `~ "a" = "run 1: new host" -> "run 2: drift: ${plays.made}/a: content"`,
    );
    expect([taken("ran"), taken("handled")]).toEqual([["a"], ["a"]]);
    expect(readFileSync(path.join(plays.made, "a"), "utf8")).toBe("one\n");
    expect(await terraform.plan()).toBe("no-op");
  });
});
