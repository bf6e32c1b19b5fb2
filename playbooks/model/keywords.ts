/**
 * The supported part of Ansible's language, as tables: keywords with their shapes, and what is part of
 * Ansible but refused, with the nearest form that works.
 */
import { z } from "zod";
import { isGivenAnyway, OWN_FLAGS } from "./inventory/connection-variables";
import { HOST_ORDERS, LOOP_KINDS } from "./play";

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
  become_flags: z.string().refine(isGivenAnyway, OWN_FLAGS),
  tags: names,
  no_log: flag,
  ignore_errors: flag,
  ignore_unreachable: flag,
  check_mode: flag,
  diff: flag,
  any_errors_fatal: flag,
  run_once: flag,
  throttle: count,
  timeout: count,
  module_defaults: z.union([variables, z.array(variables)]),
  collections: texts,
  connection: z.enum(["ssh", "smart", "local", "ansible.builtin.ssh", "ansible.builtin.local"]),
  remote_user: text,
  port: count,
};

/** What blocks, roles and tasks have in common beside that. */
const delegated = { when: conditions, delegate_to: text, delegate_facts: flag };

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
  strategy: z.enum([
    "linear",
    "free",
    "host_pinned",
    "ansible.builtin.linear",
    "ansible.builtin.free",
    "ansible.builtin.host_pinned",
  ]),
  roles: list.nullable(),
  order: z.enum(HOST_ORDERS),
  force_handlers: flag,
  max_fail_percentage: count,
  gather_subset: texts,
  gather_timeout: count,
};

/** Keywords of `import_playbook`. */
export const PLAYBOOK_KEYWORDS = {
  import_playbook: text,
  name: text,
  vars: variables,
  when: conditions,
  tags: names,
};

/** Keywords of a role in a play's `roles`; other keys are its parameters. */
export const ROLE_KEYWORDS = { ...shared, ...delegated, role: text, name: text };

/** Keywords of a block. */
export const BLOCK_KEYWORDS = {
  ...shared,
  ...delegated,
  block: list.nullable(),
  rescue: list.nullable(),
  always: list.nullable(),
  notify: texts,
};

/** Keywords of a task, beside the module. */
export const TASK_KEYWORDS = {
  ...shared,
  ...delegated,
  args: variables,
  action: z.union([text, variables]),
  local_action: z.union([text, variables]),
  loop: z.unknown(),
  ...Object.fromEntries(LOOP_KINDS.map((it) => [`with_${it}`, z.unknown()])),
  loop_control: z.record(text, z.unknown()),
  register: z.string().regex(/^[A-Za-z_]\w*$/, "a name of letters, digits and _"),
  notify: texts,
  listen: texts,
  until: conditions,
  retries: count,
  delay: count,
  changed_when: conditions,
  failed_when: conditions,
  async: count,
  poll: count,
};

const LOOPS = ["loop", "loop_control", ...LOOP_KINDS.map((it) => `with_${it}`)];
const INCLUDES = [
  "name",
  "when",
  "vars",
  "tags",
  "args",
  "no_log",
  "ignore_errors",
  "run_once",
  ...LOOPS,
];

/** Keywords of tasks whose module is the engine itself. */
export const ENGINE_KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  include_tasks: INCLUDES,
  include_role: INCLUDES,
  import_tasks: [...Object.keys(shared), ...Object.keys(delegated), "args"],
  import_role: [...Object.keys(shared), ...Object.keys(delegated), "args"],
  include_vars: [...INCLUDES, "register", "delegate_to", "delegate_facts"],
  meta: ["name", "when", "vars", "tags", "args", "run_once"],
};

/** Keywords of `loop_control`. */
export const LOOP_CONTROL = {
  loop_var: z.string().regex(/^[A-Za-z_]\w*$/, "a name of letters, digits and _"),
  index_var: z.string().regex(/^[A-Za-z_]\w*$/, "a name of letters, digits and _"),
  label: z.unknown(),
  pause: count,
  extended: z.boolean(),
};

/** The same for modules of collections, by the last word of their names. */
export const REFUSED_OF_COLLECTIONS: ReadonlyMap<string, string> = new Map([
  ["alternatives", "use command with update-alternatives"],
  ["locale_gen", "use lineinfile in /etc/locale.gen, and command with locale-gen"],
  ["openssh_keypair", "use command with ssh-keygen and creates"],
  ["pam_limits", "use copy into /etc/security/limits.d"],
  ["synchronize", "use copy or unarchive"],
  ["timezone", "use file with state: link for /etc/localtime"],
  ["ufw", "use iptables, or command with ufw"],
]);

/** Keywords of Ansible that are refused, with what to do instead. */
export const REFUSED_KEYWORDS: ReadonlyMap<string, string> = new Map([
  ["vars_prompt", "give the values as variables"],
  ["fact_path", "use set_fact"],
  ["become_exe", "only sudo and su from the path are supported"],
  ["debugger", "remove it"],
  ["include", "use include_tasks or import_tasks"],
  ["with_env", "give the values as variables"],
  ["with_pipe", "register the output of a task, and loop over its stdout_lines"],
  ["with_lines", "register the output of a task, and loop over its stdout_lines"],
  ["with_url", "use the module uri and register"],
  ["with_random_choice", "use the filter random with a seed"],
]);

/**
 * Modules for systems that bootstraps here do not meet, by the last word of their names. Where a condition asks for the
 * system, a task with one of them fails only if it is reached.
 */
export const MODULES_OF_OTHER_SYSTEMS: readonly string[] =
  "apk dnf dnf5 firewalld homebrew openbsd_pkg opkg pacman pkgng portage redhat_subscription rhsm_repository rpm_key seboolean sefcontext selinux seport slackpkg swupd win_command win_copy win_file win_package win_service win_shell xbps yum yum_repository zypper zypper_repository".split(
    " ",
  );

/** Modules of Ansible that bootstraps often use, and that are refused, with what to do instead. */
export const REFUSED_MODULES: ReadonlyMap<string, string> = new Map([
  ["dnf", "use package"],
  ["yum", "use package"],
  ["pip", "use command with pip"],
  ["apt_key", "use get_url into /etc/apt/keyrings, and signed-by in the source"],
  ["apt_repository", "use copy into /etc/apt/sources.list.d, and apt with update_cache"],
  ["deb822_repository", "use copy into /etc/apt/sources.list.d, and apt with update_cache"],
  ["debconf", "use shell with debconf-set-selections"],
  ["dpkg_selections", "use command with apt-mark"],
  ["expect", "use shell with input for the program"],
  ["rpm_key", "use command with rpm --import"],
  ["yum_repository", "use copy into /etc/yum.repos.d"],
  ["sysvinit", "use service"],
  ["subversion", "use get_url with an archive"],
  ["synchronize", "use copy or unarchive"],
  ["git", "use get_url with an archive, or command"],
  ["import_playbook", "list the playbooks one after the other"],
  ["include", "use include_tasks or import_tasks"],
]);
