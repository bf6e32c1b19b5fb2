/** `ansible.builtin.get_url`: the host downloads a file; a checksum makes it certain and repeatable. */
import path from "node:path";
import { type z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { flag, path as pathField, text, textMap, whole } from "./args/fields";
import { defineModule } from "./define-module";
import { findSum, parseChecksum, type WantedChecksum } from "./download/checksum";
import { askForDigest, download, fetchText, type FetchArgs } from "./download/fetch";
import { ATTRIBUTE_ARGS, describeAttributes, planAttributes, runAll } from "./files/attributes";
import { inspect, type Inspected } from "./files/inspect";
import { formatMode, NEW_FILE_MODE, resolveMode } from "./files/mode";
import { TaskFailure } from "./task-failure";

const ARGS = {
  ...ATTRIBUTE_ARGS,
  url: text(),
  dest: pathField(),
  checksum: text().default(""),
  force: flag().default(false),
  headers: textMap().default({}),
  timeout: whole().default(10),
  validate_certs: flag().default(true),
};

type UrlArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const getUrlModule = defineModule({
  name: "get_url",
  args: ARGS,
  aliases: { force: ["thirsty"] },
  async run(context, args) {
    const { dest, found } = await destination(context, args);
    const fetching = fetchArgs(args);
    const wanted = await wantedChecksum(context, fetching, parseChecksum(args.checksum));
    if (!(await isDue(context, { args, fetching, found, dest, wanted }))) {
      return keep(context, args, { dest, found });
    }
    const values = { url: args.url, dest, checksum_src: wanted?.value };
    const diff = context.diff ? { diff: `+ ${dest} (from ${args.url})` } : {};
    if (context.check) return { changed: true, values, ...diff };
    const mode =
      args.mode === undefined
        ? ""
        : formatMode(
            resolveMode(args.mode, { mode: found.stat?.mode ?? NEW_FILE_MODE, isFolder: false }),
          );
    const placement = { dest, mode, owner: args.owner ?? "", group: args.group ?? "", wanted };
    const changed = await download(context, fetching, placement);
    return { changed, message: "OK", values, ...(changed ? diff : {}) };
  },
});

interface Due {
  readonly args: UrlArgs;
  readonly fetching: FetchArgs;
  readonly dest: string;
  readonly found: Inspected;
  readonly wanted: WantedChecksum | undefined;
}

/** Whether the file has to be downloaded: it is missing, differs from the checksum, or is forced. */
async function isDue(
  context: TaskContext,
  { args, found, dest, wanted, fetching }: Due,
): Promise<boolean> {
  if (found.stat === undefined) return true;
  if (wanted !== undefined) {
    const same =
      wanted.algorithm === "sha256"
        ? found.sha256 === wanted.value
        : (await askForDigest(context, wanted.algorithm, dest)) === wanted.value;
    return !same;
  }
  if (!args.force) return false;
  // In check mode the answer is known only by downloading to nowhere.
  if (!context.check) return true;
  return (await askForDigest(context, "sha256", fetching)) !== found.sha256;
}

async function destination(
  context: TaskContext,
  { url, dest }: UrlArgs,
): Promise<{ dest: string; found: Inspected }> {
  const found = await inspect(context.host, dest, context);
  if (found.stat?.type !== "directory") return { dest, found };
  const name = nameOf(url);
  if (name === "") throw new TaskFailure(`${url} names no file, so dest must name one`);
  const file = path.posix.join(dest, name);
  return { dest: file, found: await inspect(context.host, file, context) };
}

function nameOf(url: string): string {
  return path.posix.basename(url.replace(/[?#].*$/, "").replace(/^\w+:\/\/[^/]*/, ""));
}

function fetchArgs({ url, headers, timeout, validate_certs: checks }: UrlArgs): FetchArgs {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (lines.some((it) => /[\r\n]/.test(it))) throw new TaskFailure("a header holds a line end");
  return {
    url,
    headers: lines.join("\n"),
    timeout: String(timeout),
    insecure: checks ? "" : "yes",
  };
}

async function wantedChecksum(
  context: TaskContext,
  fetching: FetchArgs,
  given: WantedChecksum | undefined,
): Promise<WantedChecksum | undefined> {
  if (!given?.value.includes("://")) return given;
  const sums = await fetchText(context, { ...fetching, url: given.value });
  return { ...given, value: findSum(sums, nameOf(fetching.url)) };
}

/** The content stays; mode and owner may change. */
async function keep(
  context: TaskContext,
  args: UrlArgs,
  { dest, found }: { readonly dest: string; readonly found: Inspected },
): Promise<TaskResult> {
  const commands = found.stat ? planAttributes(dest, found.stat, args) : [];
  if (!context.check) await runAll(context, commands);
  const diff = found.stat ? describeAttributes(found.stat, args).join("\n") : "";
  const values = { url: args.url, dest, size: found.stat?.size };
  const message =
    commands.length === 0
      ? "file already exists"
      : "file already exists but file attributes changed";
  return { changed: commands.length > 0, message, values, ...(diff === "" ? {} : { diff }) };
}
