/** What an account should look like, and how it differs from what is there. Pure. */
import { TaskFailure } from "../task-failure";
import { planAges, type AgeChange, type AgesWish } from "./plan-ages";
import {
  parseAccounts,
  parseGroups,
  passwordHash,
  shadowRow,
  type Account,
  type AccountFiles,
  type Group,
} from "./account-files";

/** The parsed arguments that decide. */
export interface UserWish extends AgesWish {
  readonly name: string;
  readonly uid?: number | undefined;
  readonly group?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly append: boolean;
  readonly comment?: string | undefined;
  readonly home?: string | undefined;
  readonly shell?: string | undefined;
  readonly password?: string | undefined;
  readonly password_lock?: boolean | undefined;
  readonly update_password: "always" | "on_create";
  readonly system: boolean;
  readonly create_home: boolean;
  readonly non_unique: boolean;
  readonly move_home: boolean;
  /** What a new home holds. */
  readonly skeleton?: string | undefined;
  /** Of a new home, in octal. */
  readonly umask?: string | undefined;
}

/** The account afterwards. */
export interface UserPlan {
  readonly account: Account;
  readonly isNew: boolean;
  /** A primary group that has to be made, of the user's name. */
  readonly newGroup?: Group;
  /** Supplementary groups that the user is not in yet, and those to leave. */
  readonly join: readonly string[];
  readonly leave: readonly string[];
  /** A new hash; undefined to leave it. */
  readonly password?: string;
  /** Where the home was, when it moves. */
  readonly oldHome?: string;
  readonly ages: readonly AgeChange[];
  /** What changes, in words, without the password. */
  readonly changes: readonly string[];
}

/** @throws TaskFailure for a group that does not exist or a uid that is taken */
export function planUser(wish: UserWish, files: AccountFiles): UserPlan {
  const accounts = parseAccounts(files);
  const groups = parseGroups(files);
  const old = accounts.find((it) => it.name === wish.name);
  const uid =
    wish.uid ??
    old?.uid ??
    freeId(wish.system, [...accounts.map((it) => it.uid), ...groups.map((it) => it.gid)]);
  const taken = accounts.find((it) => it.uid === uid && it.name !== wish.name);
  if (taken && !wish.non_unique) throw new TaskFailure(`uid ${uid} is taken by ${taken.name}`);
  const primary = primaryGroup(wish, old, { groups, uid });
  const account: Account = {
    name: wish.name,
    uid,
    gid: primary.gid,
    comment: wish.comment ?? old?.comment ?? "",
    home: wish.home ?? old?.home ?? `/home/${wish.name}`,
    shell: wish.shell ?? old?.shell ?? "/bin/sh",
  };
  const membership = planMembership(wish, groups);
  const password = planPassword(wish, passwordHash(files, wish.name), old === undefined);
  const ages = planAges(wish, shadowRow(files, wish.name));
  const moves = wish.move_home && old !== undefined && old.home !== account.home;
  return {
    account,
    isNew: old === undefined,
    ages,
    ...(moves ? { oldHome: old.home } : {}),
    ...(groups.some((it) => it.name === primary.name) ? {} : { newGroup: primary }),
    ...membership,
    ...(password === undefined ? {} : { password }),
    changes: [
      ...describe(account, old),
      ...describeGroups(membership),
      ...(password === undefined ? [] : ["password"]),
      ...ages.map((it) => it.words),
    ],
  };
}

function primaryGroup(
  { name, group, system }: UserWish,
  old: Account | undefined,
  { groups, uid }: { readonly groups: readonly Group[]; readonly uid: number },
): Group {
  if (group !== undefined) {
    const found = groups.find((it) => it.name === group || String(it.gid) === group);
    if (found === undefined) throw new TaskFailure(`Group ${group} does not exist`);
    return found;
  }
  const kept =
    old &&
    (groups.find((it) => it.gid === old.gid) ?? { name: `${old.gid}`, gid: old.gid, members: [] });
  const own = kept ?? groups.find((it) => it.name === name);
  const isFree = groups.every((it) => it.gid !== uid);
  return (
    own ?? {
      name,
      gid: isFree
        ? uid
        : freeId(
            system,
            groups.map((it) => it.gid),
          ),
      members: [],
    }
  );
}

/** Ids of people begin at 1000 and go up, those of services at 999 and go down, as with Debian's useradd. */
export function freeId(system: boolean, taken: readonly number[]): number {
  const used = new Set(taken);
  let id = system ? 999 : 1000;
  while (used.has(id)) id += system ? -1 : 1;
  return id;
}

function planMembership(
  { name, groups: wanted, append }: UserWish,
  groups: readonly Group[],
): { readonly join: string[]; readonly leave: string[] } {
  if (wanted === undefined) return { join: [], leave: [] };
  const missing = wanted.find((it) => !groups.some((group) => group.name === it));
  if (missing !== undefined) throw new TaskFailure(`Group ${missing} does not exist`);
  const member = groups.filter((it) => it.members.includes(name)).map((it) => it.name);
  return {
    join: wanted.filter((it) => !member.includes(it)),
    leave: append ? [] : member.filter((it) => !wanted.includes(it)),
  };
}

/** A hash begins with `!` while the account is locked; `!` alone means that there is no password. */
function planPassword(wish: UserWish, hash = "!", isNew = false): string | undefined {
  const given = isNew || wish.update_password === "always" ? wish.password : undefined;
  const withoutLock = (it: string): string => it.replace(/^!+/, "");
  // A lock makes no other password of it.
  const isSame = !isNew && given !== undefined && withoutLock(given) === withoutLock(hash);
  const base = isSame ? hash : (given ?? hash);
  const bare = withoutLock(base);
  // Without its lock, an account that has no password would let everybody in.
  const unlocked = bare === "" ? base : bare;
  const locks = { true: `!${bare}`, false: unlocked, undefined: base };
  const wanted = locks[`${wish.password_lock}`];
  return wanted === hash ? undefined : wanted;
}

function describe(account: Account, old: Account | undefined): string[] {
  if (old === undefined) return [`new user ${account.name} (uid ${account.uid})`];
  const fields = ["uid", "gid", "comment", "home", "shell"] as const;
  return fields
    .filter((it) => account[it] !== old[it])
    .map((it) => `${it}: ${old[it]} -> ${account[it]}`);
}

function describeGroups({ join, leave }: { join: string[]; leave: string[] }): string[] {
  return [...join.map((it) => `+ group ${it}`), ...leave.map((it) => `- group ${it}`)];
}
