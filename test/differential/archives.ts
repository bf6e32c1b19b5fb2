/** What archives hold: two that hold the same differ in bytes, by times and by who compressed them. */
import { execFileSync } from "node:child_process";
import path from "node:path";

const UNPACK = path.join(__dirname, "ansible", "unpack.py");

/** How the files begin that Ansible packs; a tar that is not compressed says so behind its first name. */
const STARTS = ["1f8b", "425a68", "fd377a585a00", "504b"];
const TAR = { at: 257, magic: "ustar" };

/** @returns the members as text; undefined for what is no archive */
export function unpacked(content: Buffer): string | undefined {
  const start = content.subarray(0, 6).toString("hex");
  const isTar = content.subarray(TAR.at).toString("latin1", 0, 5) === TAR.magic;
  if (!isTar && !STARTS.some((it) => start.startsWith(it))) return undefined;
  return execFileSync("/usr/bin/python3", ["-I", UNPACK], { input: content, encoding: "utf8" });
}
