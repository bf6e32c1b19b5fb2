/** A target in memory: files are a map, and commands are answered by a table. */
import { createHash } from "node:crypto";
import type { Command, CommandResult, FileStat, Host } from "../../../../playbooks/runner/host";

/** Answers of a fake target, by the command's words or script. */
export type Answers = Readonly<Record<string, Partial<CommandResult>>>;

/** Knows nothing of SSH; remembers what it was asked. */
export class FakeHost implements Host {
  readonly files = new Map<string, Buffer>();
  readonly commands: { text: string; command: Command; user: string }[] = [];
  closed = false;
  readonly counts = { queries: 0, changes: 0 };

  constructor(
    readonly name: string,
    readonly answers: Answers = {},
    readonly user = "root",
  ) {}

  query(command: Command): Promise<CommandResult> {
    this.counts.queries += 1;
    return this.#answer(command);
  }

  change(command: Command): Promise<CommandResult> {
    this.counts.changes += 1;
    return this.#answer(command);
  }

  stat(path: string): Promise<FileStat | undefined> {
    const content = this.files.get(path);
    return Promise.resolve(
      content && {
        type: "file",
        mode: 0o644,
        uid: 0,
        gid: 0,
        owner: "root",
        group: "root",
        size: content.length,
        modified: 0,
      },
    );
  }

  readFile(path: string): Promise<Buffer | undefined> {
    return Promise.resolve(this.files.get(path));
  }

  checksum(path: string): Promise<string | undefined> {
    const content = this.files.get(path);
    return Promise.resolve(content && createHash("sha256").update(content).digest("hex"));
  }

  writeFile(path: string, content: Uint8Array): Promise<void> {
    this.counts.changes += 1;
    this.files.set(path, Buffer.from(content));
    return Promise.resolve();
  }

  as({ user }: { readonly user: string }): Host {
    const { name, answers, files, commands, counts } = this;
    return Object.assign(new FakeHost(name, answers, user), { files, commands, counts });
  }

  reconnect(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }

  #answer(command: Command): Promise<CommandResult> {
    const text = command.script ?? (command.argv ?? []).join(" ");
    this.commands.push({ text, command, user: this.user });
    const answer = this.answers[text] ?? {};
    return Promise.resolve({ code: 0, stdout: "", stderr: "", truncated: false, ...answer });
  }
}
