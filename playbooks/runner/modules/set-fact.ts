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
  run(_context, { cacheable: _, ...given }: Record<string, unknown>) {
    const wrong = Object.keys(given).find((it) => !/^[A-Za-z_]\w*$/.test(it));
    if (wrong !== undefined) {
      throw new TaskFailure(`'${wrong}' is not a name of a variable: letters, digits, underscores`);
    }
    const facts = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, truthOf(value) ?? value]),
    );
    return { changed: false, facts, values: { ansible_facts: facts } };
  },
});

/** Ansible makes truths of these words, however they came about: only `set_fact` does so. */
function truthOf(value: unknown): boolean | undefined {
  if (typeof value !== "string" || !/^(?:true|false|yes|no)$/i.test(value)) return undefined;
  return /^(?:true|yes)$/i.test(value);
}
