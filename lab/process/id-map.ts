/**
 * Which of the host's user ids a process machine's ids are. With root's help each machine has
 * 65536 ids, none of them an id of the host; without it, root inside is the caller outside.
 */
import { writeFile } from "node:fs/promises";

/** A range of ids: 0 inside is `first` outside. */
export interface IdMap {
  readonly firstUser: number;
  readonly firstGroup: number;
  readonly count: number;
}

/** Above everything that distributions, systemd and subuid files hand out. */
const FIRST_UNUSED_ID = 0x7000_0000;
const ALL_IDS = 65_536;

/** The ids for machines of a caller. */
export function idMapOf(caller: { readonly user: number; readonly group: number }): IdMap {
  return caller.user === 0
    ? { firstUser: FIRST_UNUSED_ID, firstGroup: FIRST_UNUSED_ID, count: ALL_IDS }
    : { firstUser: caller.user, firstGroup: caller.group, count: 1 };
}

/** Whether machines have only one id; then they cannot set supplementary groups either. */
export function isSingleUser({ count }: IdMap): boolean {
  return count === 1;
}

/** Gives a process's new user namespace its ids; possible once. */
export async function writeIdMap(pid: number, ids: IdMap): Promise<void> {
  // The kernel wants this before it lets an unprivileged caller map a group.
  if (isSingleUser(ids)) await writeFile(`/proc/${pid}/setgroups`, "deny");
  await writeFile(`/proc/${pid}/uid_map`, `0 ${ids.firstUser} ${ids.count}\n`);
  await writeFile(`/proc/${pid}/gid_map`, `0 ${ids.firstGroup} ${ids.count}\n`);
}
