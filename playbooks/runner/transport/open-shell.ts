/** An interactive shell on a host, for people: the terminal's bytes go through as they are. */
import type { ClientChannel } from "ssh2";
import { OuterFault } from "../../../core/faults";
import type { ConnectOptions, Target } from "./connect";
import { Connection } from "./connection";

/** The person's side of a shell. */
export interface ShellTerminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Opens a shell and stays until it ends.
 * @returns its exit code
 * @throws OuterFault as openHost
 */
export async function openShell(
  target: Target,
  options: ConnectOptions & { readonly signal: AbortSignal },
  terminal: ShellTerminal,
): Promise<number> {
  const connection = new Connection(target, options);
  const client = await connection.open(options.signal);
  const { columns: cols, rows, input, output } = terminal;
  try {
    return await new Promise<number>((resolve, reject) => {
      client.shell({ term: "xterm-256color", cols, rows }, (error, channel: ClientChannel) => {
        if (error) {
          reject(new OuterFault("AS2209", {}, { cause: error }));
          return;
        }
        input.pipe(channel).pipe(output, { end: false });
        let code = 0;
        channel.on("exit", (value: number | null) => {
          code = value ?? 1;
        });
        channel.on("close", () => {
          input.unpipe(channel);
          resolve(code);
        });
      });
    });
  } finally {
    connection.close();
  }
}
