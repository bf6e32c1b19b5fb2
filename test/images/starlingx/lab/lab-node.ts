/**
 * A node's root in a temporary folder, in which the real scripts run under busybox alone: its PATH has
 * nothing but busybox's applets, its clock stands until a test moves it on.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { writeTree } from "../../../../images/build/tree";
import { starlingxLabFiles } from "../../../../images/starlingx/lab/tree";

const run = promisify(execFile);
const BUSYBOX = ["/usr/bin/busybox", "/bin/busybox"].find((it) => existsSync(it)) ?? "busybox";

/** Sources openrc if it is there, as people do, and runs the command. */
const LOGIN = `if [ -n "$SOURCED" ] && [ -e "$STARLINGX_LAB_ROOT/etc/platform/openrc" ]; then
  . "$STARLINGX_LAB_ROOT/etc/platform/openrc"
fi
command=$1; shift
exec sh "$STARLINGX_LAB_ROOT/usr/bin/$command" "$@"`;

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One line of the log that the scripts keep. */
export interface Logged {
  readonly argv: readonly string[];
  readonly exit: number;
  readonly refused?: string;
}

/** See the header. */
export class LabNode {
  static #applets: Promise<string> | undefined;
  /** Seconds since 1970. */
  now = 1_800_000_000;
  /** Whether openrc is sourced before each command. */
  sourced = true;

  private constructor(readonly root: string) {}

  static async create(): Promise<LabNode> {
    const node = new LabNode(await mkdtemp(path.join(tmpdir(), "starlingx lab-")));
    await writeTree(starlingxLabFiles("standard"), node.root);
    await mkdir(node.home);
    return node;
  }

  /** Another node in the state that this one is in. */
  async fork(): Promise<LabNode> {
    const node = new LabNode(await mkdtemp(path.join(tmpdir(), "starlingx lab-")));
    await cp(this.root, node.root, { recursive: true, verbatimSymlinks: true });
    node.now = this.now;
    return node;
  }

  get home(): string {
    return path.join(this.root, "home");
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  /** Runs a command of the tree; never rejects because of how it ends. */
  async run(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const applets = await (LabNode.#applets ??= linkApplets());
    const options = {
      cwd: this.home,
      env: {
        PATH: applets,
        HOME: this.home,
        STARLINGX_LAB_ROOT: this.root,
        STARLINGX_LAB_NOW: String(this.now),
        ...(this.sourced ? { SOURCED: "1" } : {}),
        ...env,
      },
    };
    return await run(path.join(applets, "sh"), ["-c", LOGIN, "login", ...argv], options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: unknown) => {
        const { code, stdout, stderr } = error as Ended;
        return { code, stdout, stderr };
      },
    );
  }

  /** Standard output of a command that must succeed. */
  async ok(...argv: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(argv);
    if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${String(code)}: ${stderr}`);
    return stdout;
  }

  /** What a command says that must be refused: exit code 1, nothing on standard output. */
  async refusal(...argv: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(argv);
    if (code !== 1 || stdout !== "") {
      throw new Error(`${argv.join(" ")} ended with ${String(code)}: ${stdout}${stderr}`);
    }
    return stderr.trimEnd();
  }

  /** Rows of the table that a command prints, by their headings. */
  async rows(...argv: readonly string[]): Promise<Record<string, string>[]> {
    return readTable(await this.ok(...argv));
  }

  /** Writes the overrides of the bootstrap. */
  async writeOverrides(text: string, name = "localhost.yml"): Promise<void> {
    await writeFile(path.join(this.home, name), text);
  }

  /** The log, without its first line. */
  async log(): Promise<Logged[]> {
    const text = await readFile(path.join(this.root, "var/log/starlingx-lab.log"), "utf8");
    return text
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((it) => JSON.parse(it) as Logged);
  }
}

/** A folder with nothing but busybox, under the names of its applets. */
async function linkApplets(): Promise<string> {
  const at = await mkdtemp(path.join(tmpdir(), "applets-"));
  const { stdout } = await run(BUSYBOX, ["--list"]);
  const names = stdout.trim().split("\n");
  await Promise.all(names.map((it) => symlink(BUSYBOX, path.join(at, it))));
  return at;
}

/** Rows of the last table that was printed, by their headings. */
export function readTable(text: string): Record<string, string>[] {
  const lines = text.split("\n").filter((it) => it.startsWith("|"));
  const [headings = [], ...rows] = lines.map((it) =>
    it
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.map((row) => Object.fromEntries(headings.map((it, at) => [it, row[at] ?? ""])));
}
