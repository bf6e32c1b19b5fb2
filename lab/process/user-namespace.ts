/** Makes a user namespace and holds it just long enough for others to enter it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { OuterFault } from "../../core/faults";
import { findProgram } from "../../images/build/host-programs";
import { type IdMap, isSingleUser, writeIdMap } from "./id-map";

/**
 * Does the work while a new user namespace is there.
 * @param ids - what the namespace's ids are outside
 * @param work - takes the arguments of a command that enters it as its root
 * @throws OuterFault AS2462 when the host allows none
 */
export async function withUserNamespace<T>(
  ids: IdMap,
  work: (enter: readonly string[]) => Promise<T>,
): Promise<T> {
  // `cat` echoes one byte when it runs, thus in the namespace, and ends with its input.
  const holder = spawn(await findProgram("unshare"), ["--user", "cat"]);
  const ended = once(holder, "close");
  try {
    const pid = await started(holder);
    await writeIdMap(pid, ids).catch((cause: unknown) => {
      throw new OuterFault("AS2462", { problem: "this host does not map user ids" }, { cause });
    });
    const nsenter = await findProgram("nsenter");
    // Without root setgroups is denied, which nsenter would call on a change of ids.
    const as = isSingleUser(ids) ? ["--preserve-credentials"] : ["--setuid=0", "--setgid=0"];
    return await work([nsenter, `--user=/proc/${pid}/ns/user`, ...as]);
  } finally {
    holder.stdin.end();
    await ended;
  }
}

async function started(holder: ChildProcess): Promise<number> {
  let said = "";
  holder.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  holder.stdin?.on("error", () => undefined);
  holder.stdin?.write(".");
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause?: unknown): void => {
      reject(new OuterFault("AS2462", { tried: [`unshare --user: ${said.trim()}`] }, { cause }));
    };
    holder.stdout?.once("data", () => {
      resolve();
    });
    holder.once("error", refuse);
    holder.once("close", () => {
      refuse();
    });
  });
  if (holder.pid === undefined) throw new OuterFault("AS2462");
  return holder.pid;
}
