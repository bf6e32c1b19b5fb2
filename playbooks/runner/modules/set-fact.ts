/** `ansible.builtin.set_fact`: variables of the host from the next task on. */
import { flag } from "./args/fields";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

/** See the file's header. */
export const setFactModule = defineModule({
  name: "set_fact",
  local: true,
  open: true,
  args: { cacheable: flag().default(false) },
  run(_context, { cacheable: _, ...facts }: Record<string, unknown>) {
    const wrong = Object.keys(facts).find((it) => !/^[A-Za-z_]\w*$/.test(it));
    if (wrong !== undefined) {
      throw new TaskFailure(`'${wrong}' is not a name of a variable: letters, digits, underscores`);
    }
    return { changed: false, facts, values: { ansible_facts: facts } };
  },
});
