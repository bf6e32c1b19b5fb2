/** `ansible.builtin.assert`: fails unless every condition holds. */
import { z } from "zod";
import { isMapping } from "../../../core/mapping";
import { WholeFloat } from "../../../core/whole-float";
import { flag, text } from "./args/fields";
import { defineModule } from "./define-module";

const message = () => z.union([text(), z.array(text()).transform((it) => it.join("\n"))]);

/** See the file's header. */
export const assertModule = defineModule({
  name: "assert",
  local: true,
  expressions: ["that"],
  args: {
    that: z.preprocess((it) => [it].flat(), z.array(z.union([z.string(), z.boolean()])).min(1)),
    fail_msg: message().default("Assertion failed"),
    success_msg: message().default("All assertions passed"),
    quiet: flag().default(false),
  },
  aliases: { fail_msg: ["msg"] },
  run(context, { that, fail_msg: failure, success_msg: success }) {
    for (const condition of that) {
      const value = typeof condition === "string" ? context.evaluate(condition) : condition;
      if (isTruthy(value)) continue;
      const values = { assertion: condition, evaluated_to: false };
      return { changed: false, failed: true, message: failure, values };
    }
    return { changed: false, message: success };
  },
});

/** As Python sees it: empty lists and mappings are false. */
function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMapping(value)) return Object.keys(value).length > 0;
  return Boolean(value instanceof WholeFloat ? value.value : value);
}
