/**
 * The supported part of Ansible's language, as tables: keywords with their shapes, and what is part of
 * Ansible but refused, with the nearest form that works.
 */
import { z } from "zod";

const flag = z.union([z.boolean(), z.string()]);
const count = z.union([z.number(), z.string()]);
const text = z.string();
const texts = z.union([text, z.array(text)]);
const condition = z.union([z.boolean(), text]);
const conditions = z.union([condition, z.array(condition)]);
const names = z.union([text, z.number(), z.array(z.union([text, z.number()]))]);
const variables = z.record(text, z.unknown());
const environment = z.union([variables, text, z.array(z.union([variables, text]))]);
const list = z.array(z.unknown());

/** What plays, blocks and tasks have in common. */
const shared = {
  name: text,
  vars: variables,
  environment,
  become: flag,
  become_user: text,
  become_method: text,
  tags: names,
  no_log: flag,
  ignore_errors: flag,
  ignore_unreachable: flag,
  check_mode: flag,
  diff: flag,
  any_errors_fatal: flag,
};

/** Keywords of a play. */
export const PLAY_KEYWORDS = {
  ...shared,
  hosts: z.unknown(),
  gather_facts: flag,
  vars_files: z.union([text, z.array(z.union([text, z.array(text)]))]),
  pre_tasks: list.nullable(),
  tasks: list.nullable(),
  post_tasks: list.nullable(),
  handlers: list.nullable(),
  serial: z.union([count, z.array(count)]),
  strategy: z.enum(["linear", "ansible.builtin.linear"]),
};

/** Keywords of a block. */
export const BLOCK_KEYWORDS = {
  ...shared,
  when: conditions,
  block: list.nullable(),
  rescue: list.nullable(),
  always: list.nullable(),
};

/** Keywords of a task, beside the module. */
export const TASK_KEYWORDS = {
  ...shared,
  when: conditions,
  args: variables,
  loop: z.unknown(),
  with_items: z.unknown(),
  loop_control: z.record(text, z.unknown()),
  register: z.string().regex(/^[A-Za-z_]\w*$/, "a name of letters, digits and _"),
  notify: texts,
  listen: texts,
  until: conditions,
  retries: count,
  delay: count,
  changed_when: conditions,
  failed_when: conditions,
  run_once: flag,
};

/** Keywords of tasks that `include_tasks`, `import_tasks` and `meta` take. */
export const ENGINE_KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  include_tasks: "name when vars tags args loop with_items loop_control no_log ignore_errors".split(
    " ",
  ),
  import_tasks: [...Object.keys(shared), "when", "args"],
  meta: ["name", "when", "vars", "tags", "args"],
};

/** Keywords of `loop_control`. */
export const LOOP_CONTROL = {
  loop_var: z.string().regex(/^[A-Za-z_]\w*$/, "a name of letters, digits and _"),
  index_var: z.string().regex(/^[A-Za-z_]\w*$/, "a name of letters, digits and _"),
  label: z.unknown(),
  pause: count,
  extended: z.boolean(),
};

const REMOTE = "connections come from the inventory";
const ONE_HOST = "use run_once, or a play of its own for that host";

/** Keywords of Ansible that are refused, with what to do instead. */
export const REFUSED_KEYWORDS: ReadonlyMap<string, string> = new Map([
  ["action", "name the module as the key"],
  ["local_action", ONE_HOST],
  ["delegate_to", ONE_HOST],
  ["delegate_facts", ONE_HOST],
  ["async", "start a service, or use until with retries and delay"],
  ["poll", "start a service, or use until with retries and delay"],
  ["max_fail_percentage", "use any_errors_fatal, or serial"],
  ["throttle", "use serial"],
  ["order", "hosts run side by side, in the order of the inventory's names"],
  ["roles", "put the tasks into a file and use import_tasks"],
  ["vars_prompt", "give the values as variables"],
  ["force_handlers", "use meta: flush_handlers where they must run"],
  ["fact_path", "use set_fact"],
  ["gather_subset", "all facts are gathered, they are few"],
  ["gather_timeout", "facts are few and quick"],
  ["collections", "write module names in full or short"],
  ["module_defaults", "give the arguments on each task"],
  ["become_flags", "only sudo and su without flags are supported"],
  ["become_exe", "only sudo and su from the path are supported"],
  ["connection", "every host is reached by SSH"],
  ["port", REMOTE],
  ["remote_user", REMOTE],
  ["debugger", "remove it"],
  ["timeout", "use `timeout` in the shell, or wait_for"],
  ["import_playbook", "list the playbooks one after the other"],
  ["include", "use include_tasks or import_tasks"],
  ["with_dict", 'use loop: "{{ x | dict2items }}"'],
  ["with_list", "use loop"],
  ["with_flattened", 'use loop: "{{ x | flatten }}"'],
  ["with_together", 'use loop: "{{ a | zip(b) | list }}"'],
  ["with_nested", 'use loop: "{{ a | product(b) | list }}"'],
  ["with_subelements", "use loop: \"{{ a | subelements('b') }}\""],
  ["with_sequence", 'use loop: "{{ range(1, 4) | list }}"'],
  ["with_indexed_items", "use loop with loop_control.index_var"],
  ["with_fileglob", "name the files in loop"],
  ["with_first_found", "name the file"],
]);

/** Modules of Ansible that bootstraps often use, and that are refused, with what to do instead. */
export const REFUSED_MODULES: ReadonlyMap<string, string> = new Map([
  ["dnf", "use package"],
  ["yum", "use package"],
  ["pip", "use command with pip"],
  ["script", "use copy and command"],
  ["synchronize", "use copy or unarchive"],
  ["git", "use get_url with an archive, or command"],
  ["uri", "use get_url, or command with curl"],
  ["mount", "use lineinfile for /etc/fstab, and command"],
  ["fetch", "use command with cat and register"],
  ["gather_facts", "use gather_facts of the play"],
  ["pause", "use wait_for, or until with delay"],
  ["include_vars", "use vars_files"],
  ["include_role", "use include_tasks"],
  ["import_role", "use import_tasks"],
  ["import_playbook", "list the playbooks one after the other"],
  ["include", "use include_tasks or import_tasks"],
  ["add_host", "write the host into the inventory"],
  ["group_by", "use when"],
  ["async_status", "use until"],
]);
