/** `community.general.ini_file`: single settings of a file with sections. */
import { z } from "zod";
import { flag, path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ATTRIBUTE_ARGS, REFUSED_ATTRIBUTES } from "./files/attributes";
import { asBytes, readEdited, writeEdited } from "./files/edit-file";
import { planIni } from "./ini/plan-ini";
import { TaskFailure } from "./task-failure";

const values = () =>
  z.preprocess((it) => (Array.isArray(it) || it === undefined ? it : [it]), z.array(text()));

const ARGS = {
  ...ATTRIBUTE_ARGS,
  path: path(),
  section: text().optional(),
  section_has_values: z
    .array(
      z.strictObject({
        option: text(),
        value: text().optional(),
        values: values().optional(),
      }),
    )
    .default([]),
  option: text().optional(),
  value: text().optional(),
  values: values().optional(),
  state: z.enum(["present", "absent"]).default("present"),
  exclusive: flag().default(true),
  no_extra_spaces: flag().default(false),
  ignore_spaces: flag().default(false),
  allow_no_value: flag().default(false),
  modify_inactive_option: flag().default(true),
  create: flag().default(true),
  backup: flag().default(false),
  follow: flag().default(false),
};

type IniArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const iniFileModule = defineModule({
  name: "ini_file",
  args: ARGS,
  aliases: { path: ["dest"] },
  refused: REFUSED_ATTRIBUTES,
  check,
  async run(context, args) {
    const { found, text: before } = await readEdited(context, args.path);
    if (before === undefined && !args.create) {
      throw new TaskFailure(`Destination ${args.path} does not exist!`, { rc: 257 });
    }
    const {
      changed,
      text: after,
      message,
    } = planIni(before ?? "", {
      ...args,
      ...texts(args),
      section_has_values: args.section_has_values.map((it) => ({
        option: asBytes(it.option),
        values: listOf(it),
      })),
    });
    if (before === undefined && !changed) return { changed, message, values: { path: args.path } };
    // A link that is not followed is replaced only when there is something to write.
    const follow = args.follow || !changed;
    const plan = { text: changed ? after : (before ?? ""), message: "", found };
    const result = await writeEdited(context, { ...args, follow }, plan);
    const { dest: _, checksum: __, ...about } = result.values ?? {};
    return { ...result, message, values: { ...about, path: args.path } };
  },
});

function check(args: IniArgs): string | undefined {
  const { value, values: several, state, allow_no_value: bare } = args;
  if (value !== undefined && several !== undefined) return "give value or values, not both";
  const none = value === undefined && (several ?? []).length === 0;
  return state === "present" && none && !bare
    ? "Parameter 'value(s)' must be defined if state=present and allow_no_value=False."
    : undefined;
}

/** The arguments in the same form as the file. */
function texts({ section, option, ...rest }: IniArgs) {
  return {
    section: section === undefined ? undefined : asBytes(section),
    option: option === undefined ? undefined : asBytes(option),
    values: listOf(rest),
  };
}

function listOf({
  value,
  values: several = [],
}: {
  readonly value?: string | undefined;
  readonly values?: readonly string[] | undefined;
}): string[] {
  return (value === undefined ? several : [value]).map(asBytes);
}
