import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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
    ...makeOddArchives(folder),
  };
  rmSync(folder, { recursive: true });
  return packed;
}

const ODD = [
  ...[
    "sp ace",
    "q'uo\"te",
    "-dash",
    "new\nline",
    "\n",
    "a\n\nb",
    "ünï😀",
    "back\\slash",
    "back\\nslash",
    "tab\t",
    "\u0001",
  ],
  ...["a -> b", "a link to b", "{{ x }}$(id)`id`", "*", ".hidden", "..more", "inv\\377alid"],
];

/** A tree of odd names with folders and links, and one that is cut in its last file. */
function makeOddArchives(folder: string): Readonly<Record<string, Buffer>> {
  const tree = path.join(folder, "odd");
  mkdirSync(tree);
  for (const name of ODD) {
    mkdirSync(path.join(tree, `d ${name}`));
    writeFileSync(path.join(tree, `d ${name}`, name), name);
    writeFileSync(path.join(tree, `empty ${name}`), "");
    symlinkSync(`to ${name}`, path.join(tree, `l ${name}`));
    linkSync(path.join(tree, `d ${name}`, name), path.join(tree, `h ${name}`));
  }
  const invalid = Buffer.concat([Buffer.from(`${tree}/inv`), Buffer.from([0xff])]);
  writeFileSync(invalid, "not UTF-8");
  const tar = (...words: string[]): Buffer =>
    execFileSync("tar", ["-C", tree, "--owner=0", "--group=0", "-cz", ...words, "."]);
  const odd = tar();
  rmSync(tree, { recursive: true });
  mkdirSync(path.join(tree, "d"), { recursive: true });
  writeFileSync(path.join(tree, "d/first"), "new");
  writeFileSync(path.join(tree, "d/second"), randomBytes(300_000));
  const whole = tar("--sort=name");
  return { "odd.tar.gz": odd, "whole.tar.gz": whole, "cut.tar.gz": whole.subarray(0, 200_000) };
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

  test("odd names are unpacked once", async () => {
    const args = { src: "odd.tar.gz", dest: "/t" };

    expect(await bench.thrice("unarchive", args, { files })).toEqual(ONCE);
    expect((await bench.run("unarchive", args, { files, check: true })).changed).toBe(false);
    expect(await bench.shell("find /t -type f -print0 | tr -dc '\\0' | wc -c")).toBe(
      `${3 * ODD.length + 1}\n`,
    );
    expect(await bench.shell("find /t -type l -print0 | tr -dc '\\0' | wc -c")).toBe(
      `${ODD.length}\n`,
    );
    expect(await bench.shell("cat '/t/d -dash/-dash'; stat -c %h '/t/h -dash'")).toBe("-dash2\n");
  });

  // busybox's tar has no option that makes names anew.
  if (flavour === "debian") {
    test("names that are made anew are unpacked once", async () => {
      const args = { src: "odd.tar.gz", dest: "/t", extra_opts: ["--transform=s,^./d,./folder,"] };

      expect(await bench.thrice("unarchive", args, { files })).toEqual(ONCE);
      expect(await bench.shell("cat '/t/folder -dash/-dash'")).toBe("-dash");
      await bench.shell("echo more > '/t/folder new\nline/new\nline'");
      expect((await bench.run("unarchive", args, { files })).changed).toBe(true);
    });
  }

  test("an archive that ends early leaves every file whole, and nothing behind", async () => {
    await bench.shell("mkdir /t/d; echo old > /t/d/first; echo old > /t/d/second");
    const args = { src: "cut.tar.gz", dest: "/t" };
    const source = await bench.run("unarchive", args, { files });

    expect(source).toMatchObject({ changed: false, failed: true });
    expect(await bench.shell("cat /t/d/*; find /t -mindepth 1 | sort")).toBe(
      "old\nold\n/t/d\n/t/d/first\n/t/d/second\n",
    );
  });

  test("a full disk leaves every file whole, and nothing behind", async () => {
    await bench.shell("mount -t tmpfs -o size=200k none /t; mkdir /t/d; echo old > /t/d/second");

    const full = await bench.run("unarchive", { src: "whole.tar.gz", dest: "/t" }, { files });

    expect(full.message).toMatch(/failed to unpack: .*(?:No space left|Wrote only)/s);
    expect(await bench.shell("cat /t/d/*; find /t -mindepth 1 | sort; umount /t")).toBe(
      "old\n/t/d\n/t/d/second\n",
    );
  });

  test("folders that are there get mode and owner of the archive, links to folders give way", async () => {
    await bench.shell("mkdir /t/real /t/d; ln -s real /t/v1; chmod 700 /t/d; echo x > /t/d/keep");

    expect(await bench.thrice("unarchive", { src: "app.tar", dest: "/t" }, { files })).toEqual(
      ONCE,
    );
    await bench.run("unarchive", { src: "whole.tar.gz", dest: "/t" }, { files });

    expect(await bench.shell("cd /t && ls real && stat -c '%a %F' d v1 && ls d")).toBe(
      "755 directory\n755 directory\nfirst\nkeep\nsecond\n",
    );
  });

  test("folders that the archive does not tell of stay as they are", async () => {
    await bench.shell("mkdir -m 711 /t/v1 /t/real; chown daemon /t/v1; ln -s ../real /t/v1/bin");

    await bench.run(
      "unarchive",
      { src: "app.tar", dest: "/t", include: ["v1/bin/app"] },
      { files },
    );

    expect(await bench.shell("stat -c '%a %U' /t/v1; stat -c %a /t; ls /t/real")).toBe(
      "711 daemon\n755\napp\n",
    );
  });

  test("a file takes the place of an empty folder, not of another one", async () => {
    await bench.shell("mkdir -p '/t/v1/read me.txt' /t/v1/link/full");
    const full = await bench.run("unarchive", { src: "app.tar", dest: "/t" }, { files });
    await bench.shell("rmdir /t/v1/link/full");

    expect(full.failed).toBe(true);
    expect(await bench.thrice("unarchive", { src: "app.tar", dest: "/t" }, { files })).toEqual(
      ONCE,
    );
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
