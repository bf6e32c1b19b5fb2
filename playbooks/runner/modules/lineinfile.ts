/** `ansible.builtin.lineinfile`: one line of a file is there, or is not. */
import { z } from "zod";
import type { TaskContext } from "../module";
import { flag, path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ATTRIBUTE_ARGS, REFUSED_ATTRIBUTES } from "./files/attributes";
import { backupOf } from "./files/edit-file";
import { ensureContent } from "./files/ensure-content";
import { inspect, type Inspected } from "./files/inspect";
import { planAbsent, planPresent, splitKeepingEnds, type LineWish } from "./files/plan-line";
import { TaskFailure } from "./task-failure";

const ARGS = {
  ...ATTRIBUTE_ARGS,
  path: path(),
  line: text().optional(),
  regexp: text().optional(),
  search_string: text().optional(),
  state: z.enum(["present", "absent"]).default("present"),
  backrefs: flag().default(false),
  insertafter: text().optional(),
  insertbefore: text().optional(),
  firstmatch: flag().default(false),
  create: flag().default(false),
  backup: flag().default(false),
  validate: text().optional(),
};

type LineArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const lineinfileModule = defineModule({
  name: "lineinfile",
  args: ARGS,
  aliases: { path: ["dest", "destfile", "name"], line: ["value"], regexp: ["regex"] },
  refused: REFUSED_ATTRIBUTES,
  check,
  async run(context, args) {
    const found = await inspect(context.host, args.path, context);
    if (found.stat?.type === "directory")
      throw new TaskFailure(`Path ${args.path} is a directory !`);
    if (found.stat === undefined) {
      if (args.state === "absent") return { changed: false, message: "file not present" };
      if (!args.create)
        throw new TaskFailure(`Destination ${args.path} does not exist !`, { rc: 257 });
    }
    const before = await read(context, args.path, found);
    const plan = args.state === "present" ? planPresent : planAbsent;
    const { lines, message } = plan(splitKeepingEnds(before), asBytes(args));
    // Beside a line, only the attributes may differ: then the content is what is there.
    const content = Buffer.from(lines.join(""), "latin1");
    const result = await ensureContent(context, { ...args, content, found, follow: true });
    // Its own name for what other modules call backup_file.
    return { ...result, message, values: { backup: backupOf(result).backup_file ?? "" } };
  },
});

function check(args: LineArgs): string | undefined {
  const { state, line, regexp, search_string: search, backrefs, insertafter, insertbefore } = args;
  if (regexp !== undefined && search !== undefined) return "give regexp or search_string, not both";
  if (insertafter !== undefined && insertbefore !== undefined) {
    return "give insertafter or insertbefore, not both";
  }
  if (backrefs && regexp === undefined) return "regexp is needed with backrefs";
  if (state === "present")
    return line === undefined ? "line is needed with state: present" : undefined;
  const none = line === undefined && regexp === undefined && search === undefined;
  return none ? "one of line, regexp and search_string is needed" : undefined;
}

/** Bytes as characters, so that a file in any encoding keeps what is not touched. */
async function read(
  { host, signal }: TaskContext,
  file: string,
  { stat }: Inspected,
): Promise<string> {
  const content = stat && (await host.readFile(file, { signal }));
  return content?.toString("latin1") ?? "";
}

/** The arguments in the same form as the file. */
function asBytes(args: LineArgs): LineWish {
  const bytes = (it: string | undefined): string | undefined =>
    it === undefined ? undefined : Buffer.from(it).toString("latin1");
  return {
    ...args,
    line: bytes(args.line),
    regexp: bytes(args.regexp),
    search_string: bytes(args.search_string),
    insertafter: bytes(args.insertafter),
    insertbefore: bytes(args.insertbefore),
  };
}
