/**
 * One SSH target as modules see it. Commands are told apart by what they may do: `query` only
 * reads, `change` may change something and is refused while a task runs in check mode.
 * Targets need a POSIX shell only: no Python, no SFTP.
 */
import type { CallOptions } from "../../core/bounded";
import type { Secret } from "../../core/secret";
import type { BecomeMethod } from "../model/become-passwords";

/** A command for the target. */
export interface Command {
  /** Run without a shell of the user's making: every word is quoted by the transport. */
  readonly argv?: readonly string[];
  /** A script for /bin/sh, or for `executable`. Exactly one of argv and script is given. */
  readonly script?: string;
  /** @default /bin/sh */
  readonly executable?: string;
  readonly stdin?: string | Uint8Array;
  /**
   * Added to the environment; passed as data through the command's input, never in a command line, which
   * every user of the target can read.
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** Working folder. @default - the login folder */
  readonly chdir?: string;
  /** Milliseconds. @default - none beside the signal */
  readonly timeout?: number;
}

/** What a command did. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Output beyond this limit was dropped: see the transport's constant. */
  readonly truncated: boolean;
}

/** How commands become another user. */
export interface Become {
  readonly user: string;
  readonly method: BecomeMethod;
  readonly password?: Secret;
}

/** What `stat` knows of a path; undefined where there is nothing. */
export interface FileStat {
  readonly type: "file" | "directory" | "link" | "other";
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly owner: string;
  readonly group: string;
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  /** Where a link leads. */
  readonly target?: string;
}

/** Mode and owner of a file; what is undefined stays as it is, or takes the target's default. */
export interface FileAttributes {
  readonly mode?: number;
  readonly owner?: string;
  readonly group?: string;
  /** Write to where a link leads, instead of putting the file in the link's place. @default true */
  readonly followLink?: boolean;
}

/** An open connection to one target. */
export interface Host {
  readonly name: string;
  /** Reads only. Never fails because of an exit code. @throws OuterFault AS22… */
  query(command: Command, options: CallOptions): Promise<CommandResult>;
  /** May change the target. @throws Bug in check mode, OuterFault AS22… */
  change(command: Command, options: CallOptions): Promise<CommandResult>;
  stat(
    path: string,
    options: CallOptions & { readonly follow?: boolean },
  ): Promise<FileStat | undefined>;
  /** @returns undefined where there is no such file */
  readFile(path: string, options: CallOptions): Promise<Buffer | undefined>;
  /** SHA-256 of a file as hex; undefined where there is none. */
  checksum(path: string, options: CallOptions): Promise<string | undefined>;
  /** Written whole beside the target, synced, then renamed: there is never half a file. */
  writeFile(
    path: string,
    content: Uint8Array,
    attributes: FileAttributes,
    options: CallOptions,
  ): Promise<void>;
  /** Commands sent so far. */
  readonly counts: { readonly queries: number; readonly changes: number };
  /** The same connection, running as another user. */
  as(become: Become): Host;
  /** Ends the connection and makes a new one, waiting up to `timeout` ms: after a reboot. */
  reconnect(options: CallOptions & { readonly timeout: number }): Promise<void>;
  close(): void;
}
