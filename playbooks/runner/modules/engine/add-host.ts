/** `ansible.builtin.add_host`: a host for the plays behind. */
import { name, textList } from "../args/fields";
import { defineModule } from "../define-module";
import { TaskFailure } from "../task-failure";

const HOST = /^[\w.:-]+$/;
const GROUP = /^[\w.-]+$/;

/** See the file's header. */
export const addHostModule = defineModule({
  name: "add_host",
  local: true,
  once: true,
  open: true,
  args: {
    name: name(HOST, "a name of letters, digits, ., _, : and -"),
    groups: textList().default([]),
  },
  aliases: { name: ["host", "hostname"], groups: ["group", "groupname"] },
  run(_context, { name: host, groups, ...vars }: AddHostArguments) {
    const wrong = groups.find((it) => !GROUP.test(it));
    if (wrong !== undefined) throw new TaskFailure(`'${wrong}' is not a name of a group`);
    const values = { host_name: host, groups, host_vars: vars };
    return { changed: true, newHost: { name: host, groups, vars }, values: { add_host: values } };
  },
});

interface AddHostArguments extends Record<string, unknown> {
  readonly name: string;
  readonly groups: readonly string[];
}
