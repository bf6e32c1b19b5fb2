/** `ansible.builtin.fetch`: a file of the host is kept on the machine that runs the plays. */
import { createHash } from "node:crypto";
import path from "node:path";
import type { SavedFile, TaskContext, TaskResult } from "../module";
import { flag, path as pathField, text } from "./args/fields";
import { defineModule } from "./define-module";
import { inspect } from "./files/inspect";
import { TaskFailure } from "./task-failure";

const FOLDER = "remote file is a directory, fetch cannot work on directories";
const MISSING = "the remote file does not exist, not transferring, ignored";

/** See the file's header. */
export const fetchModule = defineModule({
  name: "fetch",
  args: {
    src: pathField(),
    dest: text(),
    flat: flag().default(false),
    fail_on_missing: flag().default(true),
    validate_checksum: flag().default(true),
  },
  async run(context, args) {
    if (context.check) {
      const message = "check mode not (yet) supported for this module";
      return { changed: false, skipped: true, message };
    }
    const { src } = args;
    const { stat, sha256 } = await inspect(context.host, src, context);
    if (stat?.type === "directory") return without(args, FOLDER, ", not transferring, ignored");
    const content = stat && (await context.host.readFile(src, context));
    if (content === undefined) return without(args, MISSING);
    if (args.validate_checksum && sha256 !== undefined && sha256 !== digest("sha256", content)) {
      throw new TaskFailure("checksum mismatch", { file: src, dest: args.dest });
    }
    const saved = await save(context, destination(context, args), content);
    return resultOf(src, saved, content);
  },
});

/** What is missing is a failure only if it is meant to be one. */
function without(
  { src, fail_on_missing: fails }: { readonly src: string; readonly fail_on_missing: boolean },
  message: string,
  more = "",
): TaskResult {
  if (fails) return { changed: false, failed: true, message, values: { file: src } };
  return { changed: false, message: message + more, values: { file: src } };
}

function destination(
  context: TaskContext,
  { src, dest, flat }: { readonly src: string; readonly dest: string; readonly flat: boolean },
): string {
  if (flat) return dest.endsWith("/") ? dest + path.posix.basename(src) : dest;
  const folder = path.posix.join(dest, String(context.evaluate("inventory_hostname")));
  const file = path.posix.join(folder, src);
  if (file.startsWith(`${folder}/`)) return file;
  throw new TaskFailure(
    `Detected directory traversal, expected to be contained in '${folder}' but got '${file}'`,
  );
}

async function save(context: TaskContext, file: string, content: Buffer): Promise<SavedFile> {
  const saved = await context.saveLocal(file, content).catch((error: unknown) => {
    throw new TaskFailure(`Failed to fetch the file: ${(error as Error).message}`);
  });
  if (saved.outcome !== "folder") return saved;
  throw new TaskFailure(
    "dest is an existing directory, use a trailing slash if you want to fetch src into that directory",
  );
}

function resultOf(src: string, { path: dest, outcome }: SavedFile, content: Buffer): TaskResult {
  const [checksum, md5sum] = [digest("sha1", content), digest("md5", content)];
  if (outcome === "same") return { changed: false, values: { file: src, dest, checksum, md5sum } };
  const remote = { remote_checksum: checksum, remote_md5sum: null };
  return { changed: true, values: { dest, checksum, md5sum, ...remote } };
}

function digest(algorithm: string, content: Buffer): string {
  return createHash(algorithm).update(content).digest("hex");
}
