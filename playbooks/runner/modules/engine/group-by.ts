/** `ansible.builtin.group_by`: groups of hosts by a value. */
import { text, textList } from "../args/fields";
import { defineModule } from "../define-module";

/** See the file's header. */
export const groupByModule = defineModule({
  name: "group_by",
  local: true,
  args: { key: text(), parents: textList().default(["all"]) },
  run(context, { key, parents }) {
    // As Ansible does: a name of a group holds no space.
    const group = key.replaceAll(" ", "-");
    const above = parents.map((it) => it.replaceAll(" ", "-")).filter((it) => it !== "all");
    const { group_names: names } = context.vars;
    const known = Array.isArray(names) && names.includes(group);
    return {
      changed: !known,
      newGroups: [group, ...above],
      values: { add_group: group, parent_groups: above.length > 0 ? above : ["all"] },
    };
  },
});
