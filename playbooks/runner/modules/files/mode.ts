/** Permission bits as Ansible takes them: `0644`, `"0644"`, `u=rw,g=r,o=`, `a+X`. Pure. */
import { z } from "zod";

/** A mode as given: bits, or symbolic clauses. */
export type ModeSpec = number | string;

/** What symbolic clauses start from. */
export interface ModeStart {
  /** Bits before; for a new file what the target would give it. */
  readonly mode: number;
  readonly isFolder: boolean;
}

/** Bits of new files and folders under the usual umask of 022. */
export const NEW_FILE_MODE = 0o644;
/** See {@link NEW_FILE_MODE}. */
export const NEW_FOLDER_MODE = 0o755;

const OCTAL = /^0?o?[0-7]{3,4}$|^[0-7]{1,4}$/;
const CLAUSE = /^([ugoa]*)((?:[+=-](?:[rwxXst]*|[ugo]))+)$/;
const SHIFTS: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 };
const UMASK = 0o022;

/** The argument `mode`: a number is the bits themselves, as YAML makes them of `0644`. */
export function modeField() {
  return z.union([
    z.int().min(0).max(0o7777),
    z
      .string()
      .refine(
        (it) => it === "preserve" || OCTAL.test(it) || it.split(",").every((c) => CLAUSE.test(c)),
        'expected a mode such as "0644" or "u=rw,g=r,o="',
      ),
  ]);
}

/** The bits that a mode means for a file. */
export function resolveMode(spec: ModeSpec, start: ModeStart): number {
  if (typeof spec === "number") return spec;
  if (OCTAL.test(spec)) return Number.parseInt(spec.replace("o", ""), 8);
  return spec.split(",").reduce((mode, clause) => applyClause(mode, clause, start), start.mode);
}

/** Four octal digits: `0644`. */
export function formatMode(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

function applyClause(mode: number, clause: string, start: ModeStart): number {
  const [, who = "", actions = ""] = CLAUSE.exec(clause) ?? [];
  const users = who === "" || who.includes("a") ? ["u", "g", "o"] : [...new Set(who.split(""))];
  return [...actions.matchAll(/([+=-])([^+=-]*)/g)].reduce(
    (bits, [, operator = "=", permissions = ""]) =>
      users.reduce((sum, user) => {
        const wanted = permissionBits(permissions, user, { ...start, mode: bits });
        return applyBits(sum, operator, { wanted: who === "" ? wanted & ~UMASK : wanted, user });
      }, bits),
    mode,
  );
}

function applyBits(
  mode: number,
  operator: string,
  { wanted, user }: { readonly wanted: number; readonly user: string },
): number {
  if (operator === "+") return mode | wanted;
  if (operator === "-") return mode & ~wanted;
  const special = { u: 0o4000, g: 0o2000, o: 0o1000 }[user] ?? 0;
  return (mode & ~(0o7 << (SHIFTS[user] ?? 0)) & ~special) | wanted;
}

function permissionBits(permissions: string, user: string, start: ModeStart): number {
  const shift = SHIFTS[user] ?? 0;
  const copied = SHIFTS[permissions];
  if (copied !== undefined) return ((start.mode >> copied) & 0o7) << shift;
  const executable = start.isFolder || (start.mode & 0o111) !== 0;
  const bits: Readonly<Record<string, number>> = {
    r: 0o4 << shift,
    w: 0o2 << shift,
    x: 0o1 << shift,
    X: executable ? 0o1 << shift : 0,
    s: { u: 0o4000, g: 0o2000 }[user] ?? 0,
    t: user === "o" ? 0o1000 : 0,
  };
  return Array.from(permissions).reduce((sum, letter) => sum | (bits[letter] ?? 0), 0);
}
