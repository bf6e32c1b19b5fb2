/** What the demo needs of the system, on a PATH of our own: nothing here touches the real packages. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureRequirements, findTerraform, tryFindProgram } from "../../demo/requirements";
import { DRIVER_KINDS } from "../../lab/machine-driver";

const EVERYTHING = ["dpkg-deb", "xz", "qemu-system-aarch64", "mke2fs", "unshare"];
const MAY_INSTALL = process.getuid?.() === 0 && existsSync("/etc/debian_version");
const signal = new AbortController().signal;

/** A folder with programs; what they do is their script. */
function folderWith(names: readonly string[], script = "exit 0"): string {
  const folder = mkdtempSync(path.join(tmpdir(), "path-"));
  for (const it of names) {
    writeFileSync(path.join(folder, it), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

test("tryFindProgram() takes the first of PATH that may be run", () => {
  const [first, second] = [folderWith(["tofu"]), folderWith(["tofu", "terraform"])];
  chmodSync(path.join(first, "tofu"), 0o644);
  const environment = { PATH: `:${first}::/nowhere:${second}:` };

  expect(tryFindProgram("tofu", environment)).toBe(path.join(second, "tofu"));
  expect(tryFindProgram("xyzzy-no-such-program", environment)).toBeUndefined();
});

test("tryFindProgram() looks where programs of root are, whatever PATH says", () => {
  const found = ["/usr/sbin", "/sbin"].map((it) => path.join(it, "mke2fs")).find(existsSync);

  expect(tryFindProgram("mke2fs", {})).toBe(found);
  expect(tryFindProgram("mke2fs", { PATH: "" })).toBe(found);
});

test("findTerraform() prefers terraform, is content with tofu, and says what to install else", () => {
  const both = folderWith(["tofu", "terraform"]);
  const tofu = folderWith(["tofu"]);

  expect(findTerraform({ PATH: both })).toBe(path.join(both, "terraform"));
  expect(findTerraform({ PATH: `${tofu}:${both}` })).toBe(path.join(both, "terraform"));
  expect(findTerraform({ PATH: tofu })).toBe(path.join(tofu, "tofu"));
  expect(() => findTerraform({ PATH: folderWith([]) })).toThrow(
    /^AS2501 {2}neither terraform nor tofu is on the PATH$/,
  );
});

test.each(DRIVER_KINDS)(
  "ensureRequirements() has no word to say when all is there: %s",
  async (driver) => {
    const said: string[] = [];
    const environment = { PATH: folderWith(EVERYTHING) };

    await ensureRequirements(driver, { environment, signal, say: (line) => said.push(line) });

    expect(said).toEqual([]);
  },
);

const COMMAND = "apt-get install --no-install-recommends xz-utils qemu-system-arm";
const PRESENT = EVERYTHING.filter((it) => !["xz", "qemu-system-aarch64"].includes(it));

(MAY_INSTALL ? test : test.skip)(
  "ensureRequirements() installs what is missing, and only that",
  async () => {
    const folder = folderWith(PRESENT);
    const log = path.join(folder, "log");
    const apt = `#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> ${log}\n`;
    writeFileSync(path.join(folder, "apt-get"), apt, { mode: 0o755 });
    const said: string[] = [];
    const environment = { PATH: folder };

    await ensureRequirements("qemu", { environment, signal, say: (line) => said.push(line) });

    expect(said).toEqual(["installing xz-utils, qemu-system-arm"]);
    expect(readFileSync(log, "utf8").split("\n")).toEqual([
      "noninteractive update -qq",
      "noninteractive install -y -qq --no-install-recommends xz-utils qemu-system-arm",
      "",
    ]);
  },
);

test("ensureRequirements() tells the exact command where it cannot install", async () => {
  const folder = folderWith(PRESENT);
  writeFileSync(path.join(folder, "apt-get"), "#!/bin/sh\necho E: no network; exit 100\n", {
    mode: 0o755,
  });
  const environment = { PATH: folder };

  const failing = ensureRequirements("qemu", { environment, signal, say: () => undefined });

  await expect(failing).rejects.toMatchObject({
    code: "AS2502",
    message: MAY_INSTALL
      ? "AS2502  apt-get failed: E: no network"
      : "AS2502  not installed: xz, qemu-system-aarch64",
    hint: MAY_INSTALL ? COMMAND : `as root: ${COMMAND}`,
  });
});
