/** The `armstead` command: exit 0 done, 1 failed, 2 wrong use. */
import { Command } from "commander";
import { OuterFault } from "../core/faults";
import { type CommandContext, isDumb, type Surroundings } from "./context";
import { isBrokenPipe, tellFailure } from "./failure";
import { loadCommands } from "./load-commands";
import { Output } from "./output";
import { packageVersion } from "./version";

/** Builds the program; nothing runs yet. */
function buildProgram(
  words: readonly string[],
  context: Omit<CommandContext, "output">,
): {
  readonly program: Command;
  readonly output: () => Output;
} {
  const { environment, out, err } = context;
  const program = new Command("armstead")
    .description("ARM64 clusters from one description")
    .version(packageVersion())
    .enablePositionalOptions()
    .showHelpAfterError("Add --help to see how it is used.")
    .configureOutput({ writeOut: (text) => out.write(text), writeErr: (text) => err.write(text) })
    .exitOverride();
  const isGiven = (name: string): boolean => all.some((it) => it.getOptionValue(name) === true);
  let made: Output | undefined;
  const output = (): Output => (made ??= makeOutput());
  const makeOutput = (): Output => {
    const dumb = isDumb(environment);
    // An empty NO_COLOR is none: https://no-color.org
    const color = (environment.NO_COLOR ?? "") === "" && err.isTTY === true && !dumb;
    return new Output(out, err, { json: isGiven("json"), quiet: isGiven("quiet"), color, dumb });
  };
  const whole: CommandContext = { ...context, output };
  for (const make of loadCommands(words)) {
    const command = make(whole);
    inheritSettings(command, program);
    program.addCommand(command);
  }
  const all = withAllBelow(program);
  for (const it of all) {
    it.option("--json", "results as JSON on stdout").option("--quiet", "no progress");
  }
  return { program, output };
}

/** What the program does on wrong use, and where it writes, holds for all that is below it. */
function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const it of command.commands) inheritSettings(it, command);
}

function withAllBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withAllBelow)];
}

/** Runs one command line. @returns the exit code */
export async function run(words: readonly string[], context: Surroundings): Promise<number> {
  let code = 0;
  const setExitCode = (it: number): void => {
    code = it;
  };
  const { program, output } = buildProgram(words, { ...context, setExitCode });
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    return tellFailure(error, output(), context);
  }
}

/** Starts the command from the process: signals, environment, exit code. */
export async function main(): Promise<void> {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort(new Error("stopped"));
    });
  }
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (isBrokenPipe(error)) stop.abort(error);
    else endUnheard(error);
  });
  process.stderr.on("error", (error) => {
    stop.abort(error);
  });
  process.exitCode = await run(process.argv.slice(2), {
    environment: process.env,
    folder: process.cwd(),
    signal: stop.signal,
    out: process.stdout,
    err: process.stderr,
  });
}

/** Without its results a command has failed, whatever it did. */
function endUnheard({ code, message }: NodeJS.ErrnoException): never {
  const { message: text, hint } = new OuterFault("AS2601", {
    problem: `the output cannot be written: ${code ?? message}`,
  });
  process.stderr.write(`${text}\nWhat to do: ${hint}\n`);
  process.exit(1);
}
