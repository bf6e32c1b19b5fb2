import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startBench, type ModuleBench } from "../../../support/module-run";

// Whole hosts are started, on a machine that other tests share.
jest.setTimeout(60_000);

const ONCE = [true, true, false];
const NEVER = [false, false, false];

/** Real archives of one small tree, packed in every way. */
function makeArchives(): Readonly<Record<string, Buffer>> {
  const folder = mkdtempSync(path.join(tmpdir(), "tar-"));
  const tree = path.join(folder, "tree");
  mkdirSync(path.join(tree, "v1/bin"), { recursive: true });
  writeFileSync(path.join(tree, "v1/bin/app"), "#!/bin/sh\necho app\n", { mode: 0o755 });
  writeFileSync(path.join(tree, "v1/read me.txt"), "text\n", { mode: 0o640 });
  symlinkSync("bin/app", path.join(tree, "v1/link"));
  const pack = (name: string, option: string): Buffer => {
    execFileSync("tar", [
      "-C",
      tree,
      "--owner=0",
      "--group=0",
      option,
      "-f",
      path.join(folder, name),
      "v1",
    ]);
    return readFileSync(path.join(folder, name));
  };
  const packed = {
    "app.tar": pack("app.tar", "-c"),
    "app.tar.gz": pack("app.tar.gz", "-cz"),
    "app.tar.xz": pack("app.tar.xz", "-cJ"),
    "app.tar.bz2": pack("app.tar.bz2", "-cj"),
    "bad.tar": Buffer.from("no archive"),
  };
  rmSync(folder, { recursive: true });
  return packed;
}

describe.each(["busybox", "debian"] as const)("unarchive on a host with %s", (flavour) => {
  const files = makeArchives();
  let bench: ModuleBench;

  beforeAll(async () => {
    bench = await startBench(flavour);
    await bench.shell("mkdir /archives");
    for (const [name, content] of Object.entries(files)) {
      await bench.host.writeFile(`/archives/${name}`, content, {}, {});
    }
  });

  beforeEach(() => bench.shell("rm -rf /t; mkdir /t"));

  afterAll(() => bench.stop());

  const names = () => bench.shell("cd /t && find . ! -type d | sort");

  test.each(["app.tar", "app.tar.gz", "app.tar.xz", "app.tar.bz2"])(
    "unpacks %s that travels",
    async (src) => {
      expect(await bench.thrice("unarchive", { src, dest: "/t" }, { files })).toEqual(ONCE);
      expect(await names()).toBe("./v1/bin/app\n./v1/link\n./v1/read me.txt\n");
      expect(await bench.shell("/t/v1/link")).toBe("app\n");
    },
  );

  test.each(["app.tar.gz", "app.tar.xz"])("unpacks %s that is on the host", async (name) => {
    const args = { src: `/archives/${name}`, dest: "/t", remote_src: true };

    expect(await bench.thrice("unarchive", args)).toEqual(ONCE);
    expect(await names()).toBe("./v1/bin/app\n./v1/link\n./v1/read me.txt\n");
  });

  test("unpacks again what was changed", async () => {
    const args = { src: "app.tar.gz", dest: "/t" };
    await bench.run("unarchive", args, { files });
    await bench.shell("echo more >> '/t/v1/read me.txt'");

    expect(await bench.thrice("unarchive", args, { files })).toEqual(ONCE);
    expect(await bench.shell("cat '/t/v1/read me.txt'")).toBe("text\n");
  });

  test("does nothing when there is what it creates", async () => {
    await bench.shell("touch /t/done");

    expect(
      await bench.thrice(
        "unarchive",
        { src: "app.tar", dest: "/t", creates: "/t/done" },
        { files },
      ),
    ).toEqual(NEVER);
  });

  test("strips folders, and gives mode and owner", async () => {
    const args = {
      src: "app.tar.gz",
      dest: "/t",
      extra_opts: ["--strip-components=1"],
      owner: "daemon",
      mode: "u=rwX,go=rX",
    };

    expect(await bench.thrice("unarchive", args, { files })).toEqual(ONCE);
    expect(await bench.shell("cd /t && stat -c '%n %a %U' bin/app 'read me.txt'")).toBe(
      "bin/app 755 daemon\nread me.txt 644 daemon\n",
    );
  });

  test("unpacks only what is included", async () => {
    const args = { src: "app.tar", dest: "/t", include: ["v1/bin/app"] };

    expect(await bench.thrice("unarchive", args, { files })).toEqual(ONCE);
    expect(await names()).toBe("./v1/bin/app\n");
  });

  test("takes an archive that an earlier task will fetch as a change, in check mode only", async () => {
    const args = { src: "/archives/later.tar.gz", dest: "/t", remote_src: true };

    expect(await bench.run("unarchive", args, { check: true })).toMatchObject({ changed: true });
    expect(await bench.run("unarchive", args)).toMatchObject({ failed: true });
  });

  test("fails for what is no archive, does not travel, or has nowhere to go", async () => {
    const bad = await bench.run("unarchive", { src: "bad.tar", dest: "/t" }, { files });
    const missing = await bench.run("unarchive", { src: "nope.tar", dest: "/t" }, { files });
    const nowhere = await bench.run("unarchive", { src: "app.tar", dest: "/nope" }, { files });

    expect(bad.message).toBe("bad.tar is no tar archive");
    expect(missing.message).toContain("does not travel");
    expect(nowhere.message).toBe("dest '/nope' must be an existing dir");
  });
});
