/** Carries a user's plan out: with useradd and usermod, or on minimal nodes in the files themselves. */
import type { TaskContext } from "../../module";
import { runAll } from "../files/attributes";
import { TaskFailure } from "../task-failure";
import { parseGroups, shadowRow, withRow, type Account, type AccountFiles } from "./account-files";
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
    ...(wish.non_unique ? ["-o"] : []),
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
          ...(wish.create_home && wish.skeleton !== undefined ? ["-k", wish.skeleton] : []),
          ...(wish.umask === undefined ? [] : ["-K", `UMASK=${wish.umask}`]),
          ...properties,
          account.name,
        ],
      ]
    : [["usermod", ...properties, ...(plan.oldHome === undefined ? [] : ["-m"]), account.name]];
  await runAll(context, [
    ...(newGroup ? [["groupadd", "-g", `${newGroup.gid}`, newGroup.name]] : []),
    ...create,
    ...(join.length > 0 ? [["usermod", "-a", "-G", join.join(","), account.name]] : []),
    ...leave.map((it) => ["gpasswd", "-d", account.name, it]),
    ...plan.ages.map((it) => ["chage", it.option, it.value === "" ? "-1" : it.value, account.name]),
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
  if (plan.oldHome !== undefined) await moveHome(context, plan.oldHome, home);
  if (plan.isNew && wish.create_home) await makeHome(context, account, wish);
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
  { account: { name }, isNew, password, ages }: UserPlan,
  files: AccountFiles,
): string {
  if (password === undefined && !isNew && ages.length === 0) return files.shadow;
  const today = `${Math.floor(Date.now() / DAY_MS)}`;
  const fresh = [name, "!", today, "0", "99999", "7", "", "", ""];
  const row = [...(shadowRow(files, name) ?? fresh)];
  if (password !== undefined || isNew) row.splice(1, 2, password ?? "!", today);
  for (const { field, value } of ages) row[field] = value;
  return withRow(files.shadow, name, row);
}

/** What lies where the home should go stays, as with usermod. */
async function moveHome(context: Access, from: string, to: string): Promise<void> {
  const script = `[ -d "$1" ] && [ ! -e "$2" ] || exit 0; mkdir -p -- "\${2%/*}/" && mv -- "$1" "$2"`;
  await runAll(context, [["/bin/sh", "-c", script, "sh", from, to]]);
}

/** Makes a home and fills it; one that is there stays. */
export async function makeHome(
  context: Access,
  { home, uid, gid }: Account,
  wish: Pick<UserWish, "skeleton" | "umask">,
): Promise<void> {
  const script = `
[ ! -e "$1" ] || exit 0
case $1 in */*) mkdir -p -- "\${1%/*}/" || exit 1 ;; esac
mkdir -m "$3" -- "$1" || exit 1
[ ! -d "$4" ] || cp -R "$4/." "$1" || exit 1
chown -R -- "$2" "$1"`;
  const mode = (0o777 & ~Number.parseInt(wish.umask ?? "022", 8)).toString(8).padStart(4, "0");
  const words = [home, `${uid}:${gid}`, mode, wish.skeleton ?? "/etc/skel"];
  await runAll(context, [["/bin/sh", "-c", script, "sh", ...words]]);
}

/** Removes the account; `home` is removed too when given. */
export async function removeUser(
  context: Access,
  name: string,
  {
    files,
    home,
    force,
  }: {
    readonly files: AccountFiles | undefined;
    readonly home: string | undefined;
    readonly force: boolean;
  },
): Promise<void> {
  if (files === undefined) {
    const options = [...(force ? ["-f"] : []), ...(home === undefined ? [] : ["-r"])];
    await runAll(context, [["userdel", ...options, name]]);
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
