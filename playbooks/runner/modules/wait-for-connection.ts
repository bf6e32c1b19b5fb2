/** `ansible.builtin.wait_for_connection`: until the host can be reached and runs a command. */
import { OuterFault } from "../../../core/faults";
import type { TaskContext } from "../module";
import { decimal } from "./args/fields";
import { pause } from "./args/pause";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

/** See the file's header. */
export const waitForConnectionModule = defineModule({
  name: "wait_for_connection",
  connects: true,
  args: {
    connect_timeout: decimal().default(5),
    delay: decimal().default(0),
    sleep: decimal().default(1),
    timeout: decimal().default(600),
  },
  async run(context, args) {
    if (context.check) {
      return { changed: false, skipped: true, message: "nothing is waited for in check mode" };
    }
    const begin = performance.now();
    const elapsed = (): number => Math.floor((performance.now() - begin) / 1000);
    await pause(context, args.delay * 1000);
    const end = performance.now() + args.timeout * 1000;
    for (;;) {
      const fault = await tryConnection(context, args.connect_timeout * 1000);
      if (fault === undefined) return { changed: false, values: { elapsed: elapsed() } };
      if (performance.now() + args.sleep * 1000 >= end) {
        const message = `timed out waiting for ping module test: ${fault}`;
        throw new TaskFailure(message, { elapsed: elapsed() });
      }
      await pause(context, args.sleep * 1000);
    }
  },
});

/** What may pass by itself; a key that has changed does not. */
const PASSING: readonly string[] = [
  ...["AS2201", "AS2202", "AS2205", "AS2207", "AS2209", "AS2210", "AS2212", "AS2221"],
];

/** A connection of its own shows that the host takes new ones. @returns why there is none */
async function tryConnection(
  { host, signal }: TaskContext,
  timeout: number,
): Promise<string | undefined> {
  host.close();
  try {
    const { code } = await host.query({ argv: ["true"], timeout }, { signal });
    return code === 0 ? undefined : `the host runs no commands (exit code ${code})`;
  } catch (error) {
    if (error instanceof OuterFault && PASSING.includes(error.code)) return error.message;
    throw error;
  }
}
