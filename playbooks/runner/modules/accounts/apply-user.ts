/** Carries a user's plan out: with useradd and usermod, or on minimal nodes in the files themselves. */
import type { TaskContext } from "../../module";
import { runAll } from "../files/attributes";
import { TaskFailure } from "../task-failure";
import { parseGroups, withRow, type AccountFiles } from "./account-files";
import type { UserPlan, UserWish } from "./plan-user";

type Access = Pick<TaskContext, "host" | "signal">;

/** Days since 1970, as /etc/shadow counts the last change of a password. */
const DAY_MS = 86_400_000;

/** useradd and usermod, as Debian has them. */
export async function applyWithTools(
  context: Access,
  plan: UserPlan,
  wish: UserWish,
): Promise<void> {
  const { account, isNew, newGroup, join, leave } = plan;
  const properties = [
    "-u",
    `${account.uid}`,
    "-g",
    `${account.gid}`,
    "-c",
    account.comment,
    "-d",
    account.home,
    "-s",
    account.shell,
  ];
  const create = isNew
    ? [
        [
          "useradd",
          "-N",
          ...(wish.system ? ["-r"] : []),
          wish.create_home ? "-m" : "-M",
          ...properties,
          account.name,
        ],
      ]
    : [["usermod", ...properties, account.name]];
  await runAll(context, [
    ...(newGroup ? [["groupadd", "-g", `${newGroup.gid}`, newGroup.name]] : []),
    ...create,
    ...(join.length > 0 ? [["usermod", "-a", "-G", join.join(","), account.name]] : []),
    ...leave.map((it) => ["gpasswd", "-d", account.name, it]),
  ]);
  if (plan.password === undefined) return;
  // Through the input, so that the hash does not show in the list of processes.
  const stdin = `${account.name}:${plan.password}\n`;
  const { code, stderr } = await context.host.change({ argv: ["chpasswd", "-e"], stdin }, context);
  if (code !== 0) throw new TaskFailure(`chpasswd: ${stderr.trim()}`);
}

/** The files themselves, each replaced as a whole. */
export async function applyToFiles(
  context: Access,
  plan: UserPlan,
  { files, wish }: { readonly files: AccountFiles; readonly wish: UserWish },
): Promise<void> {
  const { account } = plan;
  const { name, uid, gid, comment, home, shell } = account;
  const passwd = withRow(files.passwd, name, [name, "x", uid, gid, comment, home, shell]);
  const write = async (path: string, before: string, after: string): Promise<void> => {
    if (before !== after) await context.host.writeFile(path, Buffer.from(after), {}, context);
  };
  await write("/etc/group", files.group, plannedGroups(plan, files));
  await write("/etc/shadow", files.shadow, plannedShadow(plan, files));
  await write("/etc/passwd", files.passwd, passwd);
  if (plan.isNew && wish.create_home) await makeHome(context, home, `${uid}:${gid}`);
}

function plannedGroups(
  { account: { name }, newGroup, join, leave }: UserPlan,
  files: AccountFiles,
): string {
  const added = newGroup
    ? withRow(files.group, newGroup.name, [newGroup.name, "x", newGroup.gid, ""])
    : files.group;
  return parseGroups({ ...files, group: added }).reduce((text, group) => {
    const rest = group.members.filter((it) => it !== name);
    if (join.includes(group.name))
      return withRow(text, group.name, [group.name, "x", group.gid, [...rest, name].join(",")]);
    return leave.includes(group.name)
      ? withRow(text, group.name, [group.name, "x", group.gid, rest.join(",")])
      : text;
  }, added);
}

function plannedShadow(
  { account: { name }, isNew, password }: UserPlan,
  { shadow }: AccountFiles,
): string {
  if (password === undefined && !isNew) return shadow;
  const today = Math.floor(Date.now() / DAY_MS);
  return withRow(shadow, name, [name, password ?? "!", today, 0, 99_999, 7, "", "", ""]);
}

async function makeHome(context: Access, home: string, owner: string): Promise<void> {
  const script = `
[ ! -e "$1" ] || exit 0
case $1 in */*) mkdir -p -- "\${1%/*}/" || exit 1 ;; esac
mkdir -m 0755 -- "$1" || exit 1
[ ! -d /etc/skel ] || cp -R /etc/skel/. "$1" || exit 1
chown -R -- "$2" "$1"`;
  await runAll(context, [["/bin/sh", "-c", script, "sh", home, owner]]);
}

/** Removes the account; `home` is removed too when given. */
export async function removeUser(
  context: Access,
  name: string,
  { files, home }: { readonly files: AccountFiles | undefined; readonly home: string | undefined },
): Promise<void> {
  if (files === undefined) {
    await runAll(context, [["userdel", ...(home === undefined ? [] : ["-r"]), name]]);
    return;
  }
  const own = parseGroups(files).find((it) => it.name === name);
  const without = parseGroups(files)
    .filter((it) => it.members.includes(name))
    .reduce((text, { name: group, gid, members }) => {
      return withRow(text, group, [group, "x", gid, members.filter((it) => it !== name).join(",")]);
    }, files.group);
  const group = own?.members.every((it) => it === name)
    ? withRow(without, name, undefined)
    : without;
  await context.host.writeFile(
    "/etc/passwd",
    Buffer.from(withRow(files.passwd, name, undefined)),
    {},
    context,
  );
  await context.host.writeFile(
    "/etc/shadow",
    Buffer.from(withRow(files.shadow, name, undefined)),
    {},
    context,
  );
  await context.host.writeFile("/etc/group", Buffer.from(group), {}, context);
  if (home !== undefined && home.length > 1) await runAll(context, [["rm", "-rf", "--", home]]);
}
