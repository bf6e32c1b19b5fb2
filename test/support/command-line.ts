/** The `armstead` command in tests: within this process, or as the program that users run. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { run } from "../../cli/main";
import type { Environment } from "../../core/folders";

/** What a command said and how it ended. */
export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs. */
export interface CommandOptions {
  /** Also its home, and the lab's folder is `lab` in it. @default - an empty one */
  readonly folder?: string;
  /** Beside what the folder decides. */
  readonly environment?: Environment;
}

/** Keeps what is written to it, as one text. */
export class Collector extends Writable {
  readonly #chunks: Buffer[] = [];

  constructor(readonly isTTY = false) {
    super();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
}

/** A folder of its own; the run's temporary folder is removed as a whole. */
export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), "cli-"));
}

/** Runs a command line in this process. */
export async function runHere(
  words: readonly string[],
  options: CommandOptions & { readonly signal?: AbortSignal; readonly isTTY?: boolean } = {},
): Promise<Answer> {
  const { folder = newFolder(), signal = new AbortController().signal, isTTY } = options;
  const [out, err] = [new Collector(isTTY), new Collector(isTTY)];
  const environment = environmentOf(folder, options.environment);
  const code = await run(words, { folder, environment, signal, out, err });
  return { code, stdout: out.text, stderr: err.text };
}

/** A command that runs as a process of its own. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** What it said, when it has ended. */
  readonly answer: Promise<Answer>;
}

/** The file that npm links as `armstead`. */
export const PROGRAM = path.join(__dirname, "..", "..", "bin", "armstead.js");

/** Starts the program that users run, with an environment of its own. */
export function startProgram(
  words: readonly string[],
  { folder = newFolder(), environment }: CommandOptions = {},
  program = PROGRAM,
): RunningCommand {
  const { PATH, TMPDIR, XDG_CACHE_HOME = path.join(homedir(), ".cache") } = process.env;
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    // The cache stays the user's: the loader of TypeScript keeps a large file there.
    env: { PATH, TMPDIR, XDG_CACHE_HOME, ...environmentOf(folder, environment) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const said = Promise.all([text(child.stdout), text(child.stderr), code]);
  const answer = said.then(([stdout, stderr, ended]) => ({ code: ended, stdout, stderr }));
  return { child, answer };
}

/** Runs the program that users run, to its end. */
export function runProgram(
  words: readonly string[],
  options: CommandOptions = {},
): Promise<Answer> {
  return startProgram(words, options).answer;
}

function environmentOf(folder: string, more: Environment = {}): Environment {
  return { HOME: folder, ARMSTEAD_LAB_DIR: path.join(folder, "lab"), ...more };
}
