/** `ansible.builtin.wait_for`: waits until a port answers, a file is there, or both are gone; seen from the host. */
import { z } from "zod";
import type { TaskContext } from "../module";
import { path as pathField, text, whole } from "./args/fields";
import { pythonRegex } from "./args/python-regex";
import { pause } from "./args/pause";
import { defineModule } from "./define-module";
import { PROBE_SCRIPT } from "./probe-script";
import { TaskFailure } from "./task-failure";

const ARGS = {
  host: text().default("127.0.0.1"),
  port: whole().optional(),
  path: pathField().optional(),
  search_regex: text().optional(),
  state: z.enum(["started", "present", "stopped", "absent"]).default("started"),
  timeout: whole().default(300),
  connect_timeout: whole().default(5),
  delay: whole().default(0),
  sleep: whole().default(1),
  msg: text().optional(),
};

type WaitArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const waitForModule = defineModule({
  name: "wait_for",
  args: ARGS,
  check: ({ port, path, search_regex: regex }) => {
    if (port !== undefined && path !== undefined) return "give port or path, not both";
    return regex !== undefined && path === undefined ? "search_regex needs path here" : undefined;
  },
  async run(context, args) {
    const begin = performance.now();
    const elapsed = (): number => Math.round((performance.now() - begin) / 1000);
    if (context.check)
      return { changed: false, skipped: true, message: "nothing is waited for in check mode" };
    await pause(context, args.delay * 1000);
    const nothing = args.port === undefined && args.path === undefined;
    if (nothing) {
      await pause(context, args.timeout * 1000);
      return { changed: false, values: { elapsed: elapsed(), state: args.state } };
    }
    const wanted = args.state === "started" || args.state === "present";
    while ((await holds(context, args)) !== wanted) {
      if (elapsed() + args.sleep > args.timeout) {
        throw new TaskFailure(args.msg ?? timeoutMessage(args), { elapsed: elapsed() });
      }
      await pause(context, args.sleep * 1000);
    }
    const { port, path, state } = args;
    return { changed: false, values: { elapsed: elapsed(), state, port, path } };
  },
});

/** Whether the port answers, or the file is there and matches. */
async function holds(context: TaskContext, args: WaitArgs): Promise<boolean> {
  const { host, signal } = context;
  if (args.port !== undefined) {
    const words = [args.host, `${args.port}`, `${args.connect_timeout}`];
    const argv = ["/bin/sh", "-c", PROBE_SCRIPT, "sh", ...words];
    const { code, stderr } = await host.query({ argv }, { signal });
    if (code === 3) throw new TaskFailure(stderr.trim());
    return code === 0;
  }
  const file = args.path ?? "";
  if (args.search_regex === undefined) return (await host.stat(file, { signal })) !== undefined;
  const content = await host.readFile(file, { signal });
  return content !== undefined && pythonRegex(args.search_regex, "m").test(content.toString());
}

function timeoutMessage({ host, port, path, search_regex: regex }: WaitArgs): string {
  const what = port === undefined ? (path ?? "") : `${host}:${port}`;
  return `Timeout when waiting for ${regex === undefined ? what : `search string ${regex} in ${what}`}`;
}
