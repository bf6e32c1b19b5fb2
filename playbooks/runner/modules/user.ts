/** `ansible.builtin.user`: an account, its groups and its home. */
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { applyToFiles, applyWithTools, makeHome, removeUser } from "./accounts/apply-user";
import { parseAccounts } from "./accounts/account-files";
import { planUser, type UserPlan } from "./accounts/plan-user";
import { readAccounts, type AccountFacts } from "./accounts/read-accounts";
import { decimal, flag, name as nameField, path, text, textList, whole } from "./args/fields";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

/** No field of an account file may hold a colon or a line end. */
const field = () => text().refine((it) => !/[:\r\n]/.test(it), "expected no colon and no line end");

const ARGS = {
  name: nameField(/^[a-z_][\w.-]{0,31}\$?$/i, "the name of a user"),
  state: z.enum(["present", "absent"]).default("present"),
  uid: whole().optional(),
  group: field().optional(),
  groups: textList().optional(),
  append: flag().default(false),
  comment: field().optional(),
  home: path()
    .refine((it) => it.startsWith("/") && !/[:\r\n]/.test(it), "expected an absolute path")
    .optional(),
  shell: field().optional(),
  password: field().optional(),
  password_lock: flag().optional(),
  update_password: z.enum(["always", "on_create"]).default("always"),
  system: flag().default(false),
  create_home: flag().default(true),
  remove: flag().default(false),
  force: flag().default(false),
  non_unique: flag().default(false),
  move_home: flag().default(false),
  skeleton: path().optional(),
  umask: text()
    .refine((it) => /^[0-7]{1,4}$/.test(it), "expected an octal number")
    .optional(),
  expires: decimal().optional(),
  password_expire_min: whole().optional(),
  password_expire_max: whole().optional(),
  password_expire_warn: whole().optional(),
  password_expire_account_disable: whole().optional(),
  // Only the host's own files are looked at in any case.
  local: flag().default(false),
};

const SSH_KEY = "make the key by command with ssh-keygen and creates";
const OTHER_SYSTEM = "it has no meaning on Linux";
const REFUSED = {
  generate_ssh_key: SSH_KEY,
  ssh_key_bits: SSH_KEY,
  ssh_key_type: SSH_KEY,
  ssh_key_file: SSH_KEY,
  ssh_key_comment: SSH_KEY,
  ssh_key_passphrase: SSH_KEY,
  seuser: "use command with semanage",
  hidden: OTHER_SYSTEM,
  login_class: OTHER_SYSTEM,
  profile: OTHER_SYSTEM,
  authorization: OTHER_SYSTEM,
  role: OTHER_SYSTEM,
  uid_min: "choose the id with uid",
  uid_max: "choose the id with uid",
};

type UserArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const userModule = defineModule({
  name: "user",
  args: ARGS,
  aliases: { name: ["user"], create_home: ["createhome"] },
  refused: REFUSED,
  check: ({ non_unique: again, uid, umask, local }) => {
    if (again && uid === undefined) return "non_unique needs uid";
    return umask !== undefined && local ? "umask and local exclude each other" : undefined;
  },
  async run(context, args) {
    const facts = await readAccounts(context);
    return args.state === "absent" ? absent(context, args, facts) : present(context, args, facts);
  },
});

async function present(
  context: TaskContext,
  args: UserArgs,
  facts: AccountFacts,
): Promise<TaskResult> {
  const { files, hasTools } = facts;
  const plan = planUser(args, files);
  const lacksHome = await isHomeMissing(context, args, plan);
  const changes = [...plan.changes, ...(lacksHome ? [`+ ${plan.account.home}`] : [])];
  const changed = changes.length > 0;
  if (changed && !context.check) {
    if (files.shadow === "")
      throw new TaskFailure("accounts can be changed by root only: use become");
    if (hasTools) await applyWithTools(context, plan, args);
    else await applyToFiles(context, plan, { files, wish: args });
    if (lacksHome) await makeHome(context, plan.account, args);
  }
  const { name, uid, gid: group, home, shell, comment } = plan.account;
  return {
    changed,
    ...(context.diff && changed ? { diff: changes.join("\n") } : {}),
    values: {
      ...{ name, uid, group, home, shell, comment, state: "present", append: args.append },
      move_home: args.move_home,
      ...(args.groups === undefined ? {} : { groups: args.groups.join(",") }),
      ...(args.password === undefined ? {} : { password: "NOT_LOGGING_PASSWORD" }),
      ...(plan.isNew ? { create_home: args.create_home, system: args.system } : {}),
    },
  };
}

/** As Ansible: an account that is there gets the home that it lacks. */
async function isHomeMissing(
  { host, signal }: TaskContext,
  { create_home: wanted }: UserArgs,
  { account, isNew, oldHome }: UserPlan,
): Promise<boolean> {
  if (!wanted || isNew || oldHome !== undefined) return false;
  return (await host.stat(account.home, { signal, follow: true })) === undefined;
}

async function absent(
  context: TaskContext,
  { name, remove, force }: UserArgs,
  { files, hasTools }: AccountFacts,
): Promise<TaskResult> {
  const old = parseAccounts(files).find((it) => it.name === name);
  const values = { name, state: "absent", remove, force };
  if (old === undefined) return { changed: false, values };
  const home = remove ? old.home : undefined;
  if (!context.check)
    await removeUser(context, name, { files: hasTools ? undefined : files, home, force });
  return { changed: true, ...(context.diff ? { diff: `- user ${name}` } : {}), values };
}
