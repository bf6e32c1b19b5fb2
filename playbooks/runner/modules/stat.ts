/** `ansible.builtin.stat`: what is at a path, in the words of Python's stat. */
import path from "node:path";
import { z } from "zod";
import { flag, path as pathField } from "./args/fields";
import { defineModule } from "./define-module";
import { inspect, type Inspected } from "./files/inspect";
import { formatMode } from "./files/mode";
import { TaskFailure } from "./task-failure";
import type { TaskContext } from "../module";
import type { FullStat } from "../transport/parse-stat";

const ALGORITHMS = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;

/** See the file's header. */
export const statModule = defineModule({
  name: "stat",
  args: {
    path: pathField(),
    follow: flag().default(false),
    get_checksum: flag().default(true),
    checksum_algorithm: z.enum(ALGORITHMS).default("sha1"),
    get_mime: flag().default(true),
    get_attributes: flag().default(true),
  },
  aliases: {
    path: ["dest", "name"],
    checksum_algorithm: ["checksum", "checksum_algo"],
    get_mime: ["mime", "mime_type", "mime-type"],
    get_attributes: ["attr", "attributes"],
  },
  async run(context, args) {
    const sha256 = args.get_checksum && args.checksum_algorithm === "sha256";
    const found = await inspect(context.host, args.path, { ...context, checksum: sha256 });
    const stat = args.follow ? found.stat : found.link;
    if (stat === undefined) return { changed: false, values: { stat: { exists: false } } };
    const wanted = args.get_checksum && stat.type === "file";
    const checksum = wanted ? await checksumOf(context, args, found) : undefined;
    return { changed: false, values: { stat: statValues(args.path, stat, checksum) } };
  },
});

async function checksumOf(
  { host, signal }: TaskContext,
  { path: file, checksum_algorithm: algorithm }: { path: string; checksum_algorithm: string },
  { sha256 }: Inspected,
): Promise<string> {
  if (sha256 !== undefined) return sha256;
  const argv = ["/bin/sh", "-c", '"$1" < "$2"', "sh", `${algorithm}sum`, file];
  const { code, stdout, stderr } = await host.query({ argv }, { signal });
  if (code !== 0) throw new TaskFailure(`no checksum of ${file}: ${stderr.trim()}`);
  return stdout.split(" ", 1)[0] ?? "";
}

/** Ansible's `stat` dictionary. */
export function statValues(
  file: string,
  stat: FullStat,
  checksum?: string,
): Readonly<Record<string, unknown>> {
  const may = (bit: number): boolean => (stat.mode & bit) !== 0;
  return {
    exists: true,
    path: file,
    mode: formatMode(stat.mode),
    isreg: stat.type === "file",
    isdir: stat.type === "directory",
    islnk: stat.type === "link",
    ischr: stat.kind === 0o02,
    isblk: stat.kind === 0o06,
    isfifo: stat.kind === 0o01,
    issock: stat.kind === 0o14,
    ...{ uid: stat.uid, gid: stat.gid, pw_name: stat.owner, gr_name: stat.group },
    ...{ size: stat.size, inode: stat.inode, dev: stat.device, nlink: stat.links },
    ...{ atime: stat.accessed, mtime: stat.modified, ctime: stat.statusChanged },
    ...{ isuid: may(0o4000), isgid: may(0o2000) },
    ...{ rusr: may(0o400), wusr: may(0o200), xusr: may(0o100) },
    ...{ rgrp: may(0o040), wgrp: may(0o020), xgrp: may(0o010) },
    ...{ roth: may(0o004), woth: may(0o002), xoth: may(0o001) },
    ...(checksum === undefined ? {} : { checksum }),
    ...(stat.target === undefined ? {} : links(file, stat.target)),
  };
}

function links(file: string, target: string): Record<string, string> {
  return {
    lnk_target: target,
    lnk_source: path.posix.resolve(path.posix.dirname(file), target),
  };
}
