/** `ansible.builtin.raw`: a line for the shell, with no conditions and its output as it came. */
import { path, text } from "./args/fields";
import { exitFailure, splitLines } from "./args/run-command";
import { defineModule } from "./define-module";

/** See the file's header. */
export const rawModule = defineModule({
  name: "raw",
  freeForm: "_raw_params",
  args: { _raw_params: text(), executable: path().optional() },
  async run({ host, check, signal }, { _raw_params: script, executable }) {
    if (check) {
      return { changed: false, skipped: true, message: "raw does not run in check mode" };
    }
    const command = { script, ...(executable ? { executable } : {}) };
    const { code, stdout, stderr } = await host.change(command, { signal });
    const failed = code !== 0;
    const values = {
      ...{ rc: code, stdout, stderr },
      ...{ stdout_lines: splitLines(stdout), stderr_lines: splitLines(stderr) },
    };
    return {
      changed: true,
      failed,
      ...(failed ? exitFailure({ code, stdout, stderr }) : {}),
      values,
    };
  },
});
