/** Roots of namespaced hosts: a minimal node of busybox only, or one with Debian's programs. */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { supervisionFiles } from "../../images/build/guest/supervision";
import { file, folder, normalizeTree, program, type TreeEntry } from "../../images/build/tree";

/** `busybox`: as minimal nodes are; `debian`: /usr of this machine, read-only. */
export type RootFlavour = "busybox" | "debian";

const PASSWD = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;
const GROUP = "root:x:0:\ndaemon:x:1:\nadm:x:4:\nusers:x:100:\nnogroup:x:65534:\n";
const SHADOW = "root:*:19000:0:99999:7:::\nnobody:*:19000:0:99999:7:::\n";
const FOLDERS = ["dev", "home", "mnt", "proc", "run", "sys", "usr/bin", "usr/sbin", "var/log"];

/** Writes the root as an archive. */
export function stageRoot(
  below: string,
  flavour: RootFlavour,
  publicKey: string,
): { readonly archive: string; readonly hostKey: string } {
  const root = path.join(below, "root");
  const hostKey = makeHostKey(path.join(below, "dropbear_key"));
  const entries = [...commonEntries(publicKey), ...(flavour === "busybox" ? busyboxEntries() : [])];
  writeEntries(root, [
    ...entries,
    file("etc/dropbear/key", readFileSync(path.join(below, "dropbear_key")), 0o600),
  ]);
  if (flavour === "debian") stageDebian(root);
  else stageBusybox(root);
  const archive = path.join(below, "root.tar");
  const owner = ["--owner=0", "--group=0", "--numeric-owner"];
  execFileSync("tar", ["-C", root, ...owner, "-cf", archive, "."]);
  return { archive, hostKey };
}

function commonEntries(publicKey: string): TreeEntry[] {
  return [
    ...FOLDERS.map((it) => folder(it)),
    folder("tmp", 0o1777),
    folder("root/.ssh", 0o700),
    file("root/.ssh/authorized_keys", `${publicKey}\n`, 0o600),
    file("etc/passwd", PASSWD),
    file("etc/group", GROUP),
    file("etc/shadow", SHADOW, 0o640),
    file("etc/hosts", "127.0.0.1 localhost\n"),
    file("etc/hostname", "armstead-test\n"),
    file("etc/os-release", 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n'),
    program("bin/busybox", readFileSync("/usr/bin/busybox")),
  ];
}

function busyboxEntries(): TreeEntry[] {
  return [...supervisionFiles(), file("etc/inittab", "::respawn:/usr/sbin/runsvdir\n")];
}

function stageBusybox(root: string): void {
  const applets = execFileSync("/usr/bin/busybox", ["--list"], { encoding: "utf8" });
  for (const name of applets
    .trim()
    .split("\n")
    .filter((it) => it !== "busybox")) {
    symlinkSync("busybox", path.join(root, "bin", name));
  }
  const dropbear = "/usr/sbin/dropbear";
  const linked = execFileSync("ldd", [dropbear], { encoding: "utf8" });
  const libraries = [...linked.matchAll(/(\/\S+) \(0x/g)].map(([, it]) => it ?? "");
  for (const library of [dropbear, ...libraries]) {
    cpSync(library, path.join(root, library), { dereference: true });
  }
}

/** Merged /usr: the old places are links, and bin is a folder of this root with links in it. */
function stageDebian(root: string): void {
  writeFileSync(path.join(root, ".bind-usr"), "");
  writeFileSync(path.join(root, "etc/inittab"), "");
  for (const name of ["etc/login.defs", "etc/pam.d", "etc/security", "etc/nsswitch.conf"]) {
    cpSync(`/${name}`, path.join(root, name), { recursive: true });
  }
  mkdirSync(path.join(root, "etc/default"), { recursive: true });
  execFileSync("mv", [path.join(root, "bin/busybox"), path.join(root, "init")]);
  execFileSync("rm", ["-r", path.join(root, "bin")]);
  for (const name of ["bin", "sbin", "lib", "lib64"])
    symlinkSync(`usr/${name}`, path.join(root, name));
}

function writeEntries(root: string, entries: readonly TreeEntry[]): void {
  mkdirSync(root);
  for (const entry of normalizeTree(entries)) {
    const at = path.join(root, entry.path);
    if (entry.kind === "link") symlinkSync(entry.target, at);
    else if (entry.kind === "folder") mkdirSync(at);
    else writeFileSync(at, entry.content);
    if (entry.kind !== "link") chmodSync(at, entry.mode);
  }
}

function makeHostKey(at: string): string {
  execFileSync("dropbearkey", ["-t", "ed25519", "-f", at], { stdio: "ignore" });
  const shown = execFileSync("dropbearkey", ["-y", "-f", at], { encoding: "utf8" });
  return /^ssh-ed25519 \S+/m.exec(shown)?.[0] ?? "";
}
