/** {@link Host} over one SSH connection, or on this machine. */
import type { CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import type { Become, Command, CommandResult, FileAttributes, FileStat, Host } from "../host";
import type { ExecOptions } from "./connection";
import { CHECKSUM_SCRIPT, READ_SCRIPT, STAT_SCRIPT, WRITE_SCRIPT } from "./file-scripts";
import type { RawResult } from "./exchange";
import { parseStat } from "./parse-stat";

/** Largest file that is read from a host into memory: 64 MiB. */
const READ_LIMIT_BYTES = 64 * 1024 * 1024;
/** What stat, cat and shells say in the C locale about a path that leads to nothing. */
const ABSENT = /no such file|not a directory|nonexistent directory/i;

/** What runs the commands. */
export interface HostCommands {
  readonly hostKey: string | undefined;
  /** The bastion on the way. @default - none */
  readonly through?: string | undefined;
  exec(command: Command, options: ExecOptions): Promise<RawResult>;
  reconnect(options: CallOptions & { readonly timeout: number }): Promise<void>;
  close(): void;
}

/** Commands sent; shared by all views of one connection. */
interface Counts {
  queries: number;
  changes: number;
}

/** A connected host as one user. */
export class SshHost implements Host {
  readonly #connection: HostCommands;
  readonly #become: Become | undefined;
  /** Commands sent so far, through all views. */
  readonly counts: Counts;

  /** A view of a connection; views share its counts. */
  constructor(
    /** The inventory's name. */
    readonly name: string,
    connection: HostCommands,
    become?: Become,
    counts: Counts = { queries: 0, changes: 0 },
  ) {
    this.#connection = connection;
    this.#become = become;
    this.counts = counts;
  }

  /** The key that the host has shown, one OpenSSH line without comment. */
  get hostKey(): string {
    return this.#connection.hostKey ?? "";
  }

  /** Reads only. */
  async query(command: Command, options: CallOptions): Promise<CommandResult> {
    this.counts.queries += 1;
    return toText(await this.#exec(command, options));
  }

  /** May change the host. */
  async change(command: Command, options: CallOptions): Promise<CommandResult> {
    this.counts.changes += 1;
    return toText(await this.#exec(command, options));
  }

  /** One round trip. */
  async stat(
    path: string,
    { follow = false, signal }: CallOptions & { readonly follow?: boolean },
  ): Promise<FileStat | undefined> {
    const result = await this.#ask(STAT_SCRIPT, [path, follow ? "-L" : ""], { signal });
    return result && parseStat(result.stdout.toString());
  }

  /** Up to 64 MiB. */
  async readFile(path: string, options: CallOptions): Promise<Buffer | undefined> {
    const result = await this.#ask(READ_SCRIPT, [path], options, READ_LIMIT_BYTES);
    if (result?.truncated) {
      const problem = `${path} is larger than ${READ_LIMIT_BYTES} bytes`;
      throw new OuterFault("AS2224", { problem });
    }
    return result?.stdout;
  }

  /** By sha256sum on the host. */
  async checksum(path: string, options: CallOptions): Promise<string | undefined> {
    const result = await this.#ask(CHECKSUM_SCRIPT, [path], options);
    return result?.stdout.toString().slice(0, 64);
  }

  /** One round trip: written beside the target, checked, synced, renamed. */
  async writeFile(
    path: string,
    content: Uint8Array,
    { mode, owner = "", group = "", followLink = true }: FileAttributes,
    options: CallOptions,
  ): Promise<void> {
    const octal = mode === undefined ? "" : mode.toString(8).padStart(4, "0");
    const follow = followLink ? "follow" : "";
    const args = [path, String(content.byteLength), octal, owner, group, follow];
    const command = { ...scriptCommand(WRITE_SCRIPT, args), stdin: content };
    const { code, stderr } = await this.change(command, options);
    if (code === 0) return;
    const problem = `${path} cannot be written: ${stderr.trim()}`;
    throw new OuterFault("AS2225", { problem });
  }

  /** Another view of the same connection. */
  as(become: Become): Host {
    return new SshHost(this.name, this.#connection, become, this.counts);
  }

  /** After a restart. */
  async reconnect(options: CallOptions & { readonly timeout: number }): Promise<void> {
    await this.#connection.reconnect(options);
  }

  /** The connection is closed for all views. */
  close(): void {
    this.#connection.close();
  }

  /** A query by script; undefined when what it asks about is not there. */
  async #ask(
    script: string,
    args: readonly string[],
    options: CallOptions,
    limit?: number,
  ): Promise<RawResult | undefined> {
    this.counts.queries += 1;
    const result = await this.#exec(scriptCommand(script, args), options, limit);
    if (result.code === 0) return result;
    const said = result.stderr.toString().trim();
    if (ABSENT.test(said)) return undefined;
    throw new OuterFault("AS2224", { problem: `${args[0] ?? ""} cannot be read: ${said}` });
  }

  async #exec(command: Command, { signal }: CallOptions, limit?: number): Promise<RawResult> {
    const more = limit === undefined ? {} : { limit };
    try {
      return await this.#connection.exec(command, { signal, become: this.#become, ...more });
    } catch (error) {
      if (!(error instanceof OuterFault && error.code === "AS2209")) throw error;
      const { through } = this.#connection;
      // It may be the bastion that went away: who reads it of many hosts at once should look there.
      const way = through === undefined ? this.name : `${this.name}, through the ${through},`;
      const problem = `the connection to ${way} was lost while a command ran`;
      throw new OuterFault("AS2209", { problem }, { cause: error });
    }
  }
}

function scriptCommand(script: string, args: readonly string[]): Command {
  return { argv: ["/bin/sh", "-c", script, "sh", ...args] };
}

function toText({ code, stdout, stderr, truncated }: RawResult): CommandResult {
  return { code, stdout: stdout.toString(), stderr: stderr.toString(), truncated };
}
