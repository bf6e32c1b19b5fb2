/**
 * What can go wrong, as data. A fault is the user's (AS1…), the outer world's
 * (AS2…) or ours (AS3…); its text is put together here so that no part is forgotten.
 * Nothing is printed and nothing is read here.
 */
import { CODES, type Code, type OuterCode, type UserCode } from "./codes";
import { nearest } from "./nearest";

/** A place in a file that a user wrote. */
export interface Position {
  /** Path as the user named it. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1. */
  readonly column: number;
}

/** One thing that is wrong. */
export interface Fault {
  /** Stable code, explained in docs/errors.md. */
  readonly code: Code;
  /** Where in the input: `pools[1].role`; empty for the whole of it. */
  readonly path: string;
  /** What is wrong, in one clause: lower case, no full stop. */
  readonly problem: string;
  /** What was given. */
  readonly given?: unknown;
  /** What is allowed, as a list or in words. */
  readonly allowed?: readonly string[] | string;
  /** The allowed value that the user probably meant. */
  readonly suggestion?: string;
  /** What to change. */
  readonly hint?: string;
  /** Added at the door by whoever read the file. */
  readonly position?: Position;
}

/** Parts of a fault beside its code and path. */
export type FaultParts = Omit<Fault, "code" | "path" | "problem"> & { readonly problem?: string };

/**
 * Makes a fault; proposes the nearest allowed value by itself.
 * @param code - its code; the code's title is the problem unless `parts.problem` is given
 * @param path - where in the input
 * @param parts - what was given, what is allowed, what to change
 */
export function fault(code: Code, path: string, parts: FaultParts = {}): Fault {
  const suggestion =
    parts.suggestion ??
    (typeof parts.given === "string" && Array.isArray(parts.allowed)
      ? nearest(parts.given, parts.allowed as readonly string[])
      : undefined);
  return {
    problem: CODES[code].title,
    ...parts,
    code,
    path,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** The fault as one line: `cluster.yaml:14:11  AS1203  pools[1].role: unknown role "woker"; …`. */
export function formatFault(it: Fault): string {
  const place = it.position
    ? `${it.position.file}:${it.position.line}:${it.position.column}  `
    : "";
  const at = it.path === "" ? "" : `${it.path}: `;
  const given = it.given === undefined ? "" : ` ${show(it.given)}`;
  const allowed =
    it.allowed === undefined
      ? ""
      : `; allowed: ${typeof it.allowed === "string" ? it.allowed : it.allowed.join(", ")}`;
  const meant = it.suggestion === undefined ? "" : `; did you mean "${it.suggestion}"?`;
  const hint = it.hint === undefined ? "" : `; ${it.hint}`;
  return `${place}${it.code}  ${at}${it.problem}${given}${allowed}${meant}${hint}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value, (_, it: unknown) =>
    typeof it === "bigint" ? String(it) : it,
  );
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** The user's faults, all of them at once. */
export class UserFault extends Error {
  override readonly name = "UserFault";
  /** Every fault found, in the order of the input. */
  readonly faults: readonly Fault[];

  /** @param faults - one or more */
  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join("\n"));
    this.faults = faults;
  }
}

/** Parts of an {@link OuterFault}. */
export interface OuterParts {
  /** What failed, in one clause. @default - the code's title */
  readonly problem?: string;
  /** What was tried, in order: requests, retries, waits. */
  readonly tried?: readonly string[];
  /** What the user can do about it. @default - the code's advice */
  readonly hint?: string;
}

/** A fault of the outer world: network, API, host. What is safe was retried already. */
export class OuterFault extends Error {
  override readonly name = "OuterFault";
  readonly code: OuterCode;
  readonly tried: readonly string[];
  readonly hint: string;

  /**
   * @param code - its code
   * @param parts - what failed and what was tried
   * @param options - the cause, kept
   */
  constructor(code: OuterCode, parts: OuterParts = {}, options?: ErrorOptions) {
    const problem = parts.problem ?? CODES[code].title;
    const tried = parts.tried?.length ? `; tried: ${parts.tried.join("; ")}` : "";
    super(`${code}  ${problem}${tried}`, options);
    this.code = code;
    this.tried = parts.tried ?? [];
    this.hint = parts.hint ?? CODES[code].fix;
  }
}

/** A fault of ours. The message asks for a report. */
export class Bug extends Error {
  override readonly name = "Bug";
  /** The one code of bugs. */
  readonly code = "AS3001";

  /**
   * @param what - which of our own rules did not hold
   * @param options - the cause, kept
   */
  constructor(what: string, options?: ErrorOptions) {
    super(`AS3001  this is a bug of armstead: ${what}; please report it`, options);
  }
}

/**
 * Throws when there is any fault.
 * @throws {@link UserFault} with all of them
 */
export function throwIfAny(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new UserFault(faults);
}

/** The one-line text of anything thrown; a stack trace never shows in it. */
export function describeError(error: unknown): string {
  if (error instanceof UserFault || error instanceof OuterFault || error instanceof Bug) {
    return error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

export type { Code, OuterCode, UserCode };
