/** `ansible.builtin.shell`: a line for /bin/sh, or for `executable`. */
import { path } from "./args/fields";
import { runCommand } from "./args/run-command";
import { COMMAND_ARGS, exactlyOne, sharedParts } from "./command";
import { defineModule } from "./define-module";

/** See the file's header. */
export const shellModule = defineModule({
  name: "shell",
  freeForm: "_raw_params",
  args: { ...COMMAND_ARGS, executable: path().optional() },
  check: ({ _raw_params, cmd }) => exactlyOne({ _raw_params, cmd }),
  run(context, args) {
    const script = args.cmd ?? args._raw_params ?? "";
    const { executable } = args;
    const command = { script, ...sharedParts(args), ...(executable ? { executable } : {}) };
    return runCommand(context, { ...args, command, shown: script, strip: args.strip_empty_ends });
  },
});
