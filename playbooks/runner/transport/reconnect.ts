/** Waiting for a host that restarts. */
import { sleep, type CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import type { Connection } from "./connection";
import { mayRetryConnection } from "./connection-fault";

/** Milliseconds between attempts. */
const PAUSE_MS = 1_000;
/** While it boots, a server may refuse logins that it accepts a moment later; so may a bastion be away. */
const PASSING = ["AS2205", "AS2213"];

/**
 * Drops the connection and makes a new one, trying until the time limit. Another host key ends it at once.
 * @throws OuterFault AS2210 at the time limit, AS2203 and others that waiting cannot mend
 */
export async function reconnect(
  connection: Connection,
  { name, timeout, signal }: CallOptions & { readonly name: string; readonly timeout: number },
): Promise<void> {
  connection.close();
  const deadline = performance.now() + timeout;
  for (;;) {
    try {
      await connection.open(signal);
      return;
    } catch (error) {
      const passing =
        error instanceof OuterFault && (mayRetryConnection(error) || PASSING.includes(error.code));
      if (!passing) throw error;
      if (performance.now() + PAUSE_MS >= deadline) {
        const problem = `${name} did not come back within ${timeout} ms`;
        throw new OuterFault("AS2210", { problem }, { cause: error });
      }
      await sleep(PAUSE_MS, { signal });
    }
  }
}
