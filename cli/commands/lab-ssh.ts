/** `armstead lab ssh NODE [COMMAND…]`: a shell or one command on a machine, its host key checked. */
import { Command } from "commander";
import type { Secret } from "../../core/secret";
import { getSshTarget } from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import type { Target } from "../../playbooks/runner/transport/connect";
import { openHost } from "../../playbooks/runner/transport/open-host";
import { openShell } from "../../playbooks/runner/transport/open-shell";
import type { CommandContext } from "../context";
import { readKey } from "../read-key";

interface SshOptions {
  readonly identity?: string;
}

interface Login {
  readonly connectTimeout: number;
  readonly key?: Secret;
  readonly agent?: string;
}

/** Makes the command. */
export function labSshCommand(context: CommandContext, home: LabHome): Command {
  return new Command("ssh")
    .description("a shell on a machine, or one command")
    .argument("<node>", "host name or id")
    .argument("[command...]", "words of the command; a shell without")
    .option("-i, --identity <file>", "private key; else the SSH agent is asked")
    .passThroughOptions()
    .action(async (node: string, given: string[], options: SshOptions) => {
      // `ssh NODE -- COMMAND` is how many write it; what follows the node is passed through as it is.
      const words = given[0] === "--" ? given.slice(1) : given;
      const { signal } = context;
      const { hostname, address, port, user, hostKey } = await getSshTarget(home, node, { signal });
      const hostKeys = hostKey === null ? [] : [hostKey];
      const target: Target = { name: hostname, address, port, user, hostKeys };
      const login = readLogin(options, context);
      context.setExitCode(
        words.length === 0
          ? await runShell(target, login, context)
          : await runCommand(target, words, { login, context }),
      );
    });
}

function readLogin({ identity }: SshOptions, { environment, folder }: CommandContext): Login {
  const agent = environment.SSH_AUTH_SOCK;
  return {
    connectTimeout: 15_000,
    ...(identity === undefined ? {} : { key: readKey(identity, folder) }),
    ...(agent === undefined ? {} : { agent }),
  };
}

async function runShell(target: Target, login: Login, { signal }: CommandContext): Promise<number> {
  const { stdin: input, stdout: output } = process;
  if (input.isTTY) input.setRawMode(true);
  try {
    const terminal = { input, output, columns: output.columns, rows: output.rows };
    return await openShell(target, { ...login, signal }, terminal);
  } finally {
    if (input.isTTY) input.setRawMode(false);
    input.pause();
  }
}

async function runCommand(
  target: Target,
  words: readonly string[],
  { login, context }: { readonly login: Login; readonly context: CommandContext },
): Promise<number> {
  const { signal, output, out, err } = context;
  const host = await openHost(target, { ...login, signal });
  try {
    const result = await host.change({ script: words.join(" ") }, { signal });
    if (output().switches.json) {
      output().result(result, "");
    } else {
      out.write(result.stdout);
      err.write(result.stderr);
    }
    return result.code;
  } finally {
    host.close();
  }
}
