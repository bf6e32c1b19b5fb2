/** The whole life cycle of a test provider, driven by the real terraform. */
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ended, hasTerraform, TerraformFolder, until } from "../support/terraform";

jest.setTimeout(120_000);

const PROVIDER = 'provider "armstead" { folder = "notes" }\n';
const ALL = {
  name: '"first"',
  metro: '"DA"',
  tags: '{ x = "1", y = "2" }',
  labels: '["b", "a"]',
  ratio: "0.1",
  extra: '{ deep = [1, true, "z"], big = 123456789012345678901234567890 }',
  layout: "{ columns = 2 }",
  secret: '"s3cret-s3cret"',
  secret_version: "1",
};

(hasTerraform ? describe : describe.skip)("terraform", () => {
  const terraform = new TerraformFolder();
  const notes = path.join(terraform.folder, "notes");
  const stateFile = path.join(terraform.folder, "terraform.tfstate");
  let attributes: Readonly<Record<string, string>> = ALL;

  beforeAll(async () => {
    await terraform.install(path.join(__dirname, "..", "support", "note.ts"));
    write({});
  });

  afterAll(() => {
    terraform.remove();
  });

  /** Writes the note with some attributes changed; they stay changed. */
  function write(changes: Readonly<Record<string, string>>): void {
    attributes = { ...attributes, ...changes };
    const lines = Object.entries(attributes).map(([name, value]) => `  ${name} = ${value}\n`);
    terraform.write(`${PROVIDER}resource "armstead_note" "a" {\n${lines.join("")}}\n`);
  }

  function noteFiles(): string[] {
    return existsSync(notes) ? readdirSync(notes) : [];
  }

  function noteText(): string {
    return readFileSync(path.join(notes, noteFiles()[0] ?? ""), "utf8");
  }

  test("init takes the package with the hash of our lock file, without any CLI configuration", async () => {
    const lock = path.join(terraform.folder, ".terraform.lock.hcl");
    const before = readFileSync(lock, "utf8");

    const { code, output } = await terraform.run(["init", "-lockfile=readonly"]);

    expect(output).toContain("successfully initialized");
    expect(code).toBe(0);
    expect(readFileSync(lock, "utf8")).toBe(before);
  });

  test("create stores the object, and the next plan is empty", async () => {
    expect(await terraform.plan()).toBe("create");
    expect((await terraform.apply()).code).toBe(0);

    expect(terraform.instance?.attributes).toMatchObject({
      text: "no text",
      metro: "DA",
      revision: 1,
      layout: { columns: 2, gap: 1 },
      secret: null,
    });
    expect(await terraform.plan()).toBe("no-op");
  });

  test("a write-only value reaches the provider and is stored nowhere", async () => {
    const hash = createHash("sha256").update("s3cret-s3cret").digest("hex");

    expect(noteText()).toContain(hash);
    expect(readFileSync(stateFile, "utf8")).not.toContain("s3cret-s3cret");
    expect(readFileSync(path.join(terraform.folder, "tfplan"), "latin1")).not.toContain(
      "s3cret-s3cret",
    );
    write({ secret: '"changed-changed"' });
    expect(await terraform.plan()).toBe("no-op");
    write({ secret_version: "2" });
    expect(await terraform.plan()).toBe("update");
    await terraform.must(["apply", "tfplan"]);
    expect(noteText()).toContain(createHash("sha256").update("changed-changed").digest("hex"));
  });

  test("another spelling of the same value is no change", async () => {
    write({ metro: '"da"' });

    expect(await terraform.plan()).toBe("no-op");
  });

  test("drift is shown and repaired", async () => {
    write({ text: '"edited"' });
    await terraform.must(["apply", "-auto-approve"]);
    const file = path.join(notes, noteFiles()[0] ?? "");
    writeFileSync(file, noteText().replace("edited", "drifted"));

    expect(await terraform.plan()).toBe("update");
    await terraform.must(["apply", "tfplan"]);

    expect(noteText()).toContain("edited");
  });

  test("a changed argument that replaces leaves one object", async () => {
    const before = terraform.instance?.attributes.id;
    write({ name: '"second"' });

    expect(await terraform.plan()).toBe("delete,create");
    await terraform.must(["apply", "tfplan"]);

    expect(noteFiles()).toHaveLength(1);
    expect(terraform.instance?.attributes.id).not.toBe(before);
  });

  test("what was deleted elsewhere is planned again", async () => {
    rmSync(path.join(notes, noteFiles()[0] ?? ""));

    expect(await terraform.plan()).toBe("create");
    await terraform.must(["apply", "tfplan"]);
  });

  test("import finds an object, and fails on one that does not exist", async () => {
    const id = terraform.instance?.attributes.id as string;
    await terraform.must(["state", "rm", "armstead_note.a"]);

    const missing = await terraform.run(["import", "armstead_note.a", "missing"]);
    await terraform.must(["import", "armstead_note.a", id]);

    expect(missing.code).toBe(1);
    expect(missing.output).toContain("AS1805: nothing to import");
    expect(terraform.instance?.attributes.name).toBe("second");
    expect(await terraform.plan()).toBe("no-op");
  });

  test("a fault in a nested attribute shows its own line", async () => {
    write({ layout: "{\n    gap = 1\n    columns = 0\n  }" });

    const { code, output } = await terraform.run(["validate"]);

    expect(code).toBe(1);
    expect(output).toMatch(
      /on main\.tf line \d+, in resource "armstead_note" "a": \d+: columns = 0/,
    );
    write({ layout: "{ columns = 2 }" });
  });

  test("a map with the key __proto__ is a fault at its line, not a crash", async () => {
    write({ tags: '{ "__proto__" = "x" }' });

    const { code, output } = await terraform.run(["validate"]);

    expect(code).toBe(1);
    expect(output).toContain("AS1809");
    write({ tags: '{ x = "1" }' });
  });

  test("an update that fails half-way stores what was done, even where the plan said otherwise", async () => {
    write({ text: '"whole"', fail: '"half"' });

    const { code, output } = await terraform.apply();

    expect(code).toBe(1);
    expect(output).toContain("asked to fail after the write");
    expect(output).not.toContain("inconsistent result");
    expect(terraform.instance?.attributes.text).toBe("half done");
    expect(terraform.instance?.status).toBeUndefined();
  });

  test("an answer of a wrong type and a secret in an exception do no harm", async () => {
    write({ text: '"x"', fail: '"hostile"' });
    const hostile = await terraform.apply();
    write({ text: '"y"', fail: '"leak"' });
    const leak = await terraform.apply();

    expect(hostile.output).toContain("revision: a value of type number was expected");
    expect(leak.output).toContain("asked to tell (secret)");
    expect(terraform.instance?.attributes.text).toBe("y");
  });

  test("destroy leaves nothing", async () => {
    write({ fail: "null" });
    await terraform.must(["destroy", "-auto-approve"]);

    expect(noteFiles()).toEqual([]);
    expect(terraform.instance).toBeUndefined();
  });

  test("a create that fails before anything exists leaves no state", async () => {
    write({ fail: '"before"' });

    expect((await terraform.apply()).code).toBe(1);

    expect(terraform.instance).toBeUndefined();
  });

  test("a create that fails later is tainted, and the next apply replaces it", async () => {
    write({ fail: '"after"' });
    expect((await terraform.apply()).code).toBe(1);
    expect(terraform.instance?.status).toBe("tainted");
    write({ fail: "null" });

    expect(await terraform.plan()).toBe("delete,create");
    await terraform.must(["apply", "tfplan"]);

    expect(noteFiles()).toHaveLength(1);
    expect(terraform.instance?.status).toBeUndefined();
  });

  test("an exception outside of any call loses nothing", async () => {
    write({ fail: '"crash"', text: '"before the crash"' });

    const { code, output } = await terraform.apply();

    expect(code).toBe(1);
    expect(output).toContain("thrown outside of any call");
    expect(terraform.instance?.attributes.text).toBe("before the crash");
    write({ fail: "null" });
  });

  test("a failing postcondition fails the command and taints nothing", async () => {
    terraform.write(`${PROVIDER}resource "armstead_note" "a" {
  name = "second"
  text = "checked"
  lifecycle {
    postcondition {
      condition     = self.revision > 100
      error_message = "not as it should be"
    }
  }
}
`);

    const { code, output } = await terraform.apply();

    expect(code).toBe(1);
    expect(output).toContain("not as it should be");
    expect(terraform.instance?.attributes.text).toBe("checked");
    expect(terraform.instance?.status).toBeUndefined();
  });

  test("a data source reads, and unknown provider arguments are no fault in a plan", async () => {
    write({});
    await terraform.must(["destroy", "-auto-approve"]);
    terraform.write(`resource "terraform_data" "folder" { input = "notes" }
provider "armstead" { folder = terraform_data.folder.output }
resource "armstead_note" "b" { name = "b" }
data "armstead_note" "b" { id = armstead_note.b.id }
output "text" { value = data.armstead_note.b.text }
`);
    await terraform.must(["apply", "-auto-approve"]);

    expect((await terraform.must(["output", "-raw", "text"])).trim()).toBe("no text");
    await terraform.must(["destroy", "-auto-approve"]);
  });

  test("Ctrl-C on the whole process group keeps the object", async () => {
    write({ delay_ms: "60000" });
    const apply = terraform.start(["apply", "-auto-approve"]);
    const end = ended(apply);
    await until(() => noteFiles().length === 1);

    process.kill(-(apply.pid ?? 0), "SIGINT");

    const { code, output } = await end;
    expect(code).toBe(1);
    expect(output).toContain("AS1802: stopped on request");
    expect(terraform.instance?.status).toBe("tainted");
  });

  test("the provider leaves when terraform is killed", async () => {
    const apply = terraform.start(["apply", "-auto-approve"]);
    const end = ended(apply);
    const before = noteFiles();
    // The tainted one is replaced by another, which takes its time.
    await until(() => noteFiles().length === 1 && noteFiles()[0] !== before[0]);
    expect(terraform.processes).toHaveLength(1);
    expect(terraform.leftovers).toHaveLength(1);

    apply.kill("SIGKILL");

    await end;
    await until(() => terraform.processes.length === 0);
    expect(terraform.leftovers).toEqual([]);
    rmSync(path.join(terraform.folder, ".terraform.tfstate.lock.info"), { force: true });
  });

  test("a provider started with --debug serves any number of commands without a lock file", async () => {
    const provider = spawn("node", [terraform.executable, "--debug"], {
      env: { PATH: process.env.PATH, TMPDIR: path.join(terraform.folder, "tmp") },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(provider.stdout, "data")) as [Buffer];
    const [, setting = ""] = /^TF_REATTACH_PROVIDERS='(.*)'\n$/.exec(line.toString()) ?? [];
    for (const it of [".terraform", ".terraform.lock.hcl"]) {
      rmSync(path.join(terraform.folder, it), { recursive: true });
    }
    const environment = { TF_REATTACH_PROVIDERS: setting };
    write({ delay_ms: "null" });

    const apply = await terraform.run(["apply", "-auto-approve"], environment);
    const destroy = await terraform.run(["destroy", "-auto-approve"], environment);

    expect([apply.code, destroy.code]).toEqual([0, 0]);
    expect(existsSync(path.join(terraform.folder, ".terraform.lock.hcl"))).toBe(false);
    provider.kill("SIGTERM");
    await once(provider, "exit");
  });

  test("no process and no socket folder is left", async () => {
    await until(() => terraform.processes.length === 0);

    expect(terraform.leftovers).toEqual([]);
  });
});
