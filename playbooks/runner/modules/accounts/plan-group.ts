/** What a group should be, and how it differs from what is there. Pure. */
import { TaskFailure } from "../task-failure";
import {
  parseAccounts,
  parseGroups,
  withRow,
  type AccountFiles,
  type Group,
} from "./account-files";
import { freeId } from "./plan-user";

/** The parsed arguments that decide. */
export interface GroupWish {
  readonly name: string;
  readonly gid?: number | undefined;
  readonly system: boolean;
  readonly non_unique: boolean;
}

/** The group afterwards. */
export interface GroupPlan {
  readonly group: Group;
  readonly isNew: boolean;
  /** In words; empty when all is as asked. */
  readonly change: string;
}

/** @throws TaskFailure for an id that another group has */
export function planGroup(wish: GroupWish, files: AccountFiles): GroupPlan {
  const { name } = wish;
  const groups = parseGroups(files);
  const old = groups.find((it) => it.name === name);
  const taken = groups.find((it) => it.gid === wish.gid && it.name !== name);
  if (taken !== undefined && !wish.non_unique && old?.gid !== wish.gid) {
    throw new TaskFailure(`GID '${taken.gid}' already exists with group '${taken.name}'`, { name });
  }
  const used = [...groups.map((it) => it.gid), ...parseAccounts(files).map((it) => it.uid)];
  const gid = wish.gid ?? old?.gid ?? freeId(wish.system, used);
  return {
    group: { name, gid, members: old?.members ?? [] },
    isNew: old === undefined,
    change:
      old === undefined
        ? `new group ${name} (gid ${gid})`
        : old.gid === gid
          ? ""
          : `gid: ${old.gid} -> ${gid}`,
  };
}

/**
 * The group's removal in words; empty when it is not there.
 * @throws TaskFailure while it is the primary group of an account
 */
export function planGroupRemoval(name: string, files: AccountFiles): string {
  const old = parseGroups(files).find((it) => it.name === name);
  if (old === undefined) return "";
  const owner = parseAccounts(files).find((it) => it.gid === old.gid);
  const others = parseGroups(files).some((it) => it.gid === old.gid && it.name !== name);
  if (owner !== undefined && !others) {
    throw new TaskFailure(`cannot remove the primary group of user '${owner.name}'`, { name });
  }
  return `- group ${name}`;
}

/** /etc/group with the group so, or without it when it is undefined. */
export function withGroup(text: string, name: string, group: Group | undefined): string {
  const row = group && [name, "x", group.gid, group.members.join(",")];
  return withRow(text, name, row);
}
