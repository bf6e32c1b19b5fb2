/** `ansible.builtin.validate_argument_spec`: checks variables against a specification, as roles with one do by themselves. */
import { z } from "zod";
import { checkArguments } from "./args/argument-spec";
import { defineModule } from "./define-module";

const mapping = () => z.record(z.string(), z.unknown());

/** See the file's header. */
export const validateArgumentSpecModule = defineModule({
  name: "validate_argument_spec",
  local: true,
  args: {
    argument_spec: mapping(),
    provided_arguments: mapping().default({}),
    validate_args_context: mapping().default({}),
  },
  run(context, { argument_spec: spec, provided_arguments: provided, ...rest }) {
    const known = Object.keys(spec).filter((it) => Object.hasOwn(context.vars, it));
    const ofVariables = Object.fromEntries(known.map((it) => [it, context.vars[it]]));
    const errors = checkArguments(spec, { ...ofVariables, ...provided });
    const values = { validate_args_context: rest.validate_args_context };
    if (errors.length === 0) {
      return { changed: false, message: "The arg spec validation passed", values };
    }
    return {
      changed: false,
      failed: true,
      message: `Validation of arguments failed:\n${errors.join("\n")}`,
      values: { ...values, argument_errors: errors, argument_spec_data: spec },
    };
  },
});
