/** `ansible.builtin.blockinfile`: a block of lines between two marker lines is in a file, or is not. */
import { z } from "zod";
import { flag, path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ATTRIBUTE_ARGS, REFUSED_ATTRIBUTES } from "./files/attributes";
import { asBytes, backupOf, readEdited, writeEdited } from "./files/edit-file";
import { planBlock } from "./files/plan-block";
import { TaskFailure } from "./task-failure";

/** See the file's header. */
export const blockinfileModule = defineModule({
  name: "blockinfile",
  args: {
    ...ATTRIBUTE_ARGS,
    path: path(),
    block: text().default(""),
    state: z.enum(["present", "absent"]).default("present"),
    marker: text().default("# {mark} ANSIBLE MANAGED BLOCK"),
    marker_begin: text().default("BEGIN"),
    marker_end: text().default("END"),
    insertafter: text().optional(),
    insertbefore: text().optional(),
    append_newline: flag().default(false),
    prepend_newline: flag().default(false),
    create: flag().default(false),
    backup: flag().default(false),
    validate: text().optional(),
  },
  aliases: { path: ["dest", "destfile", "name"], block: ["content"] },
  refused: REFUSED_ATTRIBUTES,
  check: ({ insertafter, insertbefore }) =>
    insertafter !== undefined && insertbefore !== undefined
      ? "give insertafter or insertbefore, not both"
      : undefined,
  async run(context, args) {
    const { found, text: before } = await readEdited(context, args.path);
    if (before === undefined && !args.create) {
      throw new TaskFailure(`Path ${args.path} does not exist !`, { rc: 257 });
    }
    if (before === undefined && args.state === "absent") {
      return { changed: false, message: `File ${args.path} not present` };
    }
    const { insertafter, insertbefore } = args;
    const plan = planBlock(before, {
      ...args,
      ...{ block: asBytes(args.block), marker: asBytes(args.marker) },
      ...{ marker_begin: asBytes(args.marker_begin), marker_end: asBytes(args.marker_end) },
      insertafter: insertafter === undefined ? undefined : asBytes(insertafter),
      insertbefore: insertbefore === undefined ? undefined : asBytes(insertbefore),
    });
    const result = await writeEdited(context, args, { ...plan, found });
    return { ...result, values: backupOf(result) };
  },
});
