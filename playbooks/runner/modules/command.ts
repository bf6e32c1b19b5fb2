/** `ansible.builtin.command`: a program with its words, without a shell. */
import { z } from "zod";
import { flag, path, text } from "./args/fields";
import { expandPaths } from "./args/expand-paths";
import { notStarted } from "./args/not-started";
import { runCommand } from "./args/run-command";
import { splitWords } from "./args/split-words";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

/** Arguments that command and shell share. */
export const COMMAND_ARGS = {
  _raw_params: text().optional(),
  cmd: text().optional(),
  chdir: path().optional(),
  creates: path().optional(),
  removes: path().optional(),
  stdin: text().optional(),
  stdin_add_newline: flag().default(true),
  strip_empty_ends: flag().default(true),
};

/** The shared arguments as parsed. */
export type CommandArgs = z.output<z.ZodObject<typeof COMMAND_ARGS>>;

/** See the file's header. */
export const commandModule = defineModule({
  name: "command",
  freeForm: "_raw_params",
  args: {
    ...COMMAND_ARGS,
    argv: z.array(text()).optional(),
    expand_argument_vars: flag().optional(),
  },
  check: ({ _raw_params, cmd, argv }) => exactlyOne({ _raw_params, cmd, argv }),
  async run(context, args) {
    const shown = args.argv ?? splitWords(args.cmd ?? args._raw_params ?? "");
    if (shown.length === 0) throw new TaskFailure("no command given");
    const due = !context.check && (args.expand_argument_vars ?? true);
    const argv = due ? await expandPaths(context, shown) : shown;
    const result = await runCommand(context, {
      ...args,
      strip: args.strip_empty_ends,
      command: { argv, ...sharedParts(args) },
      shown,
    });
    return (await notStarted(context, argv, { chdir: args.chdir, result })) ?? result;
  },
});

/** Folder and input of the command. */
export function sharedParts(args: CommandArgs): { chdir?: string; stdin?: string } {
  const { chdir, stdin, stdin_add_newline: newline } = args;
  return {
    ...(chdir === undefined ? {} : { chdir }),
    ...(stdin === undefined ? {} : { stdin: newline ? `${stdin}\n` : stdin }),
  };
}

/** What is wrong unless exactly one of the arguments is given. */
export function exactlyOne(args: Readonly<Record<string, unknown>>): string | undefined {
  const given = Object.values(args).filter((it) => it !== undefined).length;
  return given === 1 ? undefined : `exactly one of ${Object.keys(args).join(", ")} is needed`;
}
