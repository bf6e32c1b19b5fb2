/** `ansible.builtin.replace`: every match of a regular expression in a file is replaced. */
import { z } from "zod";
import { flag, path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ATTRIBUTE_ARGS, REFUSED_ATTRIBUTES } from "./files/attributes";
import { backupOf, readEdited, writeEdited } from "./files/edit-file";
import { planReplace } from "./files/plan-replace";
import { TaskFailure } from "./task-failure";

/** Python's names of encodings, without case and separators, by Node's. */
const ENCODINGS = {
  utf8: "utf8",
  u8: "utf8",
  ascii: "latin1",
  usascii: "latin1",
  latin1: "latin1",
  iso88591: "latin1",
  l1: "latin1",
  utf16le: "utf16le",
} as const;

type Encoding = keyof typeof ENCODINGS;

const isEncoding = (name: string): name is Encoding => Object.hasOwn(ENCODINGS, name);
const plainName = (name: string): string => name.toLowerCase().replaceAll(/[-_ ]/g, "");

/** See the file's header. */
export const replaceModule = defineModule({
  name: "replace",
  args: {
    ...ATTRIBUTE_ARGS,
    path: path(),
    regexp: text(),
    replace: text().default(""),
    after: text().optional(),
    before: text().optional(),
    backup: flag().default(false),
    validate: text().optional(),
    encoding: z
      .string()
      .transform(plainName)
      .refine(isEncoding, "expected utf-8, ascii, latin-1 or utf-16-le")
      .default("utf8"),
  },
  aliases: { path: ["dest", "destfile", "name"] },
  refused: REFUSED_ATTRIBUTES,
  async run(context, args) {
    const { found, text: bytes } = await readEdited(context, args.path);
    if (bytes === undefined) {
      throw new TaskFailure(`Path ${args.path} does not exist !`, { rc: 257 });
    }
    const content = Buffer.from(bytes, "latin1");
    const encoding = encodingOf(content, args.encoding);
    const plan = planReplace(content.toString(encoding), recode(args, encoding));
    const values = { rc: 0 };
    if (!plan.isFound) return { changed: false, message: plan.message, values };
    const after = Buffer.from(plan.text, encoding).toString("latin1");
    const result = await writeEdited(context, args, { ...plan, text: after, found });
    return { ...result, values: { ...values, ...backupOf(result) } };
  },
});

/** What is no text in UTF-8 is taken byte by byte, so that nothing of it is lost. */
function encodingOf(content: Buffer, name: Encoding): BufferEncoding {
  const encoding = ENCODINGS[name];
  const isWhole = encoding !== "utf8" || Buffer.from(content.toString()).equals(content);
  return isWhole ? encoding : "latin1";
}

interface Texts {
  readonly regexp: string;
  readonly replace: string;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly encoding: Encoding;
}

/** The arguments in the same form as the file, where that is taken byte by byte although it is meant as UTF-8. */
function recode({ encoding, ...texts }: Texts, read: BufferEncoding): Omit<Texts, "encoding"> {
  if (ENCODINGS[encoding] === read) return texts;
  const recoded = (it: string): string => Buffer.from(it).toString(read);
  const { regexp, replace, after, before } = texts;
  return {
    ...{ regexp: recoded(regexp), replace: recoded(replace) },
    ...(after === undefined ? {} : { after: recoded(after) }),
    ...(before === undefined ? {} : { before: recoded(before) }),
  };
}
