/** `ansible.builtin.debug`: shows a text or the value of an expression. */
import { z } from "zod";
import { dataText } from "../../model/data-text";
import { text, whole } from "./args/fields";
import { defineModule } from "./define-module";

/** See the file's header. */
export const debugModule = defineModule({
  name: "debug",
  local: true,
  expressions: ["var"],
  args: { msg: z.unknown().optional(), var: text().optional(), verbosity: whole().default(0) },
  check: ({ msg, var: expression }) =>
    msg !== undefined && expression !== undefined ? "give msg or var, not both" : undefined,
  run(context, { msg, var: expression, verbosity }) {
    if (verbosity > 0) {
      return { changed: false, skipped: true, message: "Verbosity threshold not met." };
    }
    if (expression === undefined) {
      return { changed: false, message: shown(msg ?? "Hello world!"), values: { msg } };
    }
    const value = context.evaluate(expression);
    return { changed: false, message: shown(value), values: { [expression]: value } };
  },
});

function shown(value: unknown): string {
  return typeof value === "string" ? value : dataText(value);
}
