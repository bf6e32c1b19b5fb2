/** `ansible.builtin.reboot`: restarts the host and waits until it is another boot that answers. */
import { OuterFault } from "../../../core/faults";
import type { TaskContext } from "../module";
import { text, textList, whole } from "./args/fields";
import { pause } from "./args/pause";
import { defineModule } from "./define-module";
import { isConnectionFault } from "../transport/connection-fault";
import { TaskFailure } from "./task-failure";

/**
 * Which boot this is: the kernel's id, and when the first process began, which tells the
 * restarts of a container apart.
 */
const BOOT_SCRIPT = `
cat /proc/sys/kernel/random/boot_id && sed 's/.*) //' /proc/1/stat | cut -d ' ' -f 20`;

/** The answer to the request must get through before the network goes down. */
const REBOOT_SCRIPT = `
PATH=\${2:+$2:}$PATH; export PATH
(
  sleep 1
  if [ -n "$1" ]; then eval "$1"
  elif [ -d /run/systemd/system ]; then systemctl reboot
  else reboot
  fi
) </dev/null >/dev/null 2>&1 &`;

/** Time that one look at a host that may be going down gets. */
const LOOK_TIMEOUT_MS = 10_000;
const PAUSE_MS = 1_000;

/** See the file's header. */
export const rebootModule = defineModule({
  name: "reboot",
  args: {
    pre_reboot_delay: whole().default(0),
    post_reboot_delay: whole().default(0),
    reboot_timeout: whole().default(600),
    connect_timeout: whole().optional(),
    test_command: text().default("true"),
    reboot_command: text().default(""),
    // Nobody else is logged in to read it.
    msg: text().optional(),
    search_paths: textList().default([]),
    boot_time_command: text().optional(),
  },
  aliases: {
    pre_reboot_delay: ["pre_reboot_delay_sec"],
    post_reboot_delay: ["post_reboot_delay_sec"],
    reboot_timeout: ["reboot_timeout_sec"],
    connect_timeout: ["connect_timeout_sec"],
  },
  async run(context, args) {
    if (context.check) return { changed: true, values: { rebooted: true, elapsed: 0 } };
    const begin = performance.now();
    const ask = args.boot_time_command ?? BOOT_SCRIPT;
    const before = await bootId(context, ask);
    if (before === undefined) throw new TaskFailure("the host does not tell which boot it runs");
    await pause(context, args.pre_reboot_delay * 1000);
    await request(context, args);
    const deadline = performance.now() + args.reboot_timeout * 1000;
    await waitForBoot(context, { ask, before, deadline });
    await pause(context, args.post_reboot_delay * 1000);
    await waitForTest(context, args.test_command, deadline);
    const elapsed = Math.round((performance.now() - begin) / 1000);
    return { changed: true, values: { rebooted: true, elapsed } };
  },
});

async function bootId({ host, signal }: TaskContext, ask: string): Promise<string | undefined> {
  const command = { argv: ["/bin/sh", "-c", ask], timeout: LOOK_TIMEOUT_MS };
  const { code, stdout } = await host.query(command, { signal });
  return code === 0 ? stdout : undefined;
}

async function request(
  { host, signal }: TaskContext,
  args: { readonly reboot_command: string; readonly search_paths: readonly string[] },
): Promise<void> {
  const words = [args.reboot_command, args.search_paths.join(":")];
  const argv = ["/bin/sh", "-c", REBOOT_SCRIPT, "sh", ...words];
  try {
    await host.change({ argv }, { signal });
  } catch (error) {
    // The connection may go faster than the answer comes.
    if (!isConnectionFault(error)) throw error;
  }
}

interface Waiting {
  /** The script that tells which boot it is. */
  readonly ask: string;
  readonly before: string;
  readonly deadline: number;
}

async function waitForBoot(
  context: TaskContext,
  { ask, before, deadline }: Waiting,
): Promise<void> {
  for (;;) {
    await pause(context, PAUSE_MS);
    const now = await lookAgain(context, deadline, ask);
    if (now !== undefined && now !== before) return;
    if (performance.now() >= deadline) throw new TaskFailure("Timed out waiting for the reboot");
  }
}

/** @returns undefined while the host cannot be asked */
async function lookAgain(
  context: TaskContext,
  deadline: number,
  ask: string,
): Promise<string | undefined> {
  const timeout = Math.max(1, deadline - performance.now());
  try {
    await context.host.reconnect({ timeout, signal: context.signal });
    return await bootId(context, ask);
  } catch (error) {
    const passing =
      error instanceof OuterFault && ["AS2209", "AS2210", "AS2212", "AS2221"].includes(error.code);
    if (!passing) throw error;
    return undefined;
  }
}

async function waitForTest(context: TaskContext, script: string, deadline: number): Promise<void> {
  const { host, signal } = context;
  for (;;) {
    const { code, stderr } = await host.query({ script }, { signal });
    if (code === 0) return;
    if (performance.now() >= deadline)
      throw new TaskFailure(`the test command fails: ${stderr.trim()}`);
    await pause(context, PAUSE_MS);
  }
}
