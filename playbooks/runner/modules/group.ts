/** `ansible.builtin.group`: a group of the host's own group file. */
import { z } from "zod";
import { parseGroups } from "./accounts/account-files";
import { planGroup, planGroupRemoval, withGroup, type GroupWish } from "./accounts/plan-group";
import { readAccounts, type AccountFacts } from "./accounts/read-accounts";
import type { TaskContext, TaskResult } from "../module";
import { flag, name as nameField, whole } from "./args/fields";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { TaskFailure } from "./task-failure";

/** See the file's header. */
export const groupModule = defineModule({
  name: "group",
  args: {
    name: nameField(/^[a-z_][\w.-]{0,31}\$?$/i, "the name of a group"),
    state: z.enum(["present", "absent"]).default("present"),
    gid: whole().pipe(z.int().min(0)).optional(),
    system: flag().default(false),
    non_unique: flag().default(false),
    // Only the host's own files are looked at in any case.
    local: flag().default(false),
  },
  refused: {
    force: "groupdel -f is not there; move the users to another group first",
    gid_min: "choose the id with gid",
    gid_max: "choose the id with gid",
  },
  check: ({ non_unique: again, gid }) =>
    again && gid === undefined ? "non_unique needs gid" : undefined,
  async run(context, args) {
    const facts = await readAccounts(context);
    return args.state === "absent"
      ? absent(context, args.name, facts)
      : present(context, args, facts);
  },
});

async function present(
  context: TaskContext,
  wish: GroupWish,
  { files, hasTools }: AccountFacts,
): Promise<TaskResult> {
  const { group, isNew, change } = planGroup(wish, files);
  const { name, gid } = group;
  if (change !== "" && !context.check) {
    const id = ["-g", `${gid}`, ...(wish.non_unique ? ["-o"] : [])];
    const command = isNew
      ? ["groupadd", ...id, ...(wish.system ? ["-r"] : []), name]
      : ["groupmod", ...id, name];
    if (hasTools) await runAll(context, [command]);
    else await write(context, files.group, withGroup(files.group, name, group));
  }
  return {
    ...result(context, change),
    values: { name, gid, state: "present", system: wish.system },
  };
}

async function absent(
  context: TaskContext,
  name: string,
  { files, hasTools }: AccountFacts,
): Promise<TaskResult> {
  const change = planGroupRemoval(name, files);
  if (change !== "" && !context.check) {
    if (hasTools) await runAll(context, [["groupdel", name]]);
    else await write(context, files.group, withGroup(files.group, name, undefined));
  }
  return { ...result(context, change), values: { name, state: "absent" } };
}

function result({ diff }: TaskContext, change: string): TaskResult {
  return { changed: change !== "", ...(diff && change !== "" ? { diff: change } : {}) };
}

async function write(context: TaskContext, before: string, after: string): Promise<void> {
  if (parseGroups({ passwd: "", shadow: "", group: before }).length === 0)
    throw new TaskFailure("/etc/group cannot be read");
  await context.host.writeFile("/etc/group", Buffer.from(after), {}, context);
}
