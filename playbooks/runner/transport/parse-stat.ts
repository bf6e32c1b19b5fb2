/** Reads what the stat script prints. */
import { Bug } from "../../../core/faults";
import type { FileStat } from "../host";

/** File types by the four upper bits of the raw mode. */
const TYPES: Readonly<Record<number, FileStat["type"]>> = {
  0o04: "directory",
  0o10: "file",
  0o12: "link",
};

/** {@link FileStat} with what only the stat module tells. */
export interface FullStat extends FileStat {
  /** The four upper bits of the raw mode: 0o14 is a socket, 0o01 a pipe. */
  readonly kind: number;
  readonly accessed: number;
  readonly statusChanged: number;
  readonly inode: number;
  readonly links: number;
  readonly device: number;
}

/** @param text - a line in STAT_FORMAT; the rest is where a link leads */
export function parseStat(text: string): FullStat {
  const end = text.indexOf("\n");
  const fields = text.slice(0, end).split(" ");
  const [owner = "", group = ""] = fields.slice(10);
  const raw = Number.parseInt(fields[0] ?? "", 16);
  const numbers = fields.slice(1, 10).map(Number);
  if (Number.isNaN(raw) || numbers.length < 9)
    throw new Bug(`stat printed ${JSON.stringify(text)}`);
  const [uid = 0, gid = 0, size = 0, modified = 0, accessed = 0, statusChanged = 0] = numbers;
  const [inode = 0, links = 0, device = 0] = numbers.slice(6);
  const target = text.slice(end + 1).replace(/\n$/, "");
  const kind = raw >> 12;
  const type = TYPES[kind] ?? "other";
  return {
    ...{ type, kind, mode: raw & 0o7777, uid, gid, owner, group, size },
    ...{ modified, accessed, statusChanged, inode, links, device },
    ...(type === "link" ? { target } : {}),
  };
}
