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
      return {
        changed: false,
        skipped: true,
        message: "remote module (wait_for) does not support check mode",
      };
    await pause(context, args.delay * 1000);
    const nothing = args.port === undefined && args.path === undefined;
    if (nothing) {
      await pause(context, args.timeout * 1000);
      return { changed: false, values: { elapsed: elapsed(), state: args.state } };
    }
    const wanted = args.state === "started" || args.state === "present";
    let state = await look(context, args);
    while (state.isThere !== wanted) {
      if (elapsed() + args.sleep > args.timeout) {
        throw new TaskFailure(args.msg ?? timeoutMessage(args), { elapsed: elapsed() });
      }
      await pause(context, args.sleep * 1000);
      state = await look(context, args);
    }
    const { port, path, search_regex } = args;
    const { match, type = args.state } = state;
    const found = {
      match_groups: match?.slice(1).map((it: string | undefined) => it ?? null) ?? [],
      match_groupdict: { ...match?.groups },
    };
    return {
      changed: false,
      values: { elapsed: elapsed(), state: type, port, path, search_regex, ...found },
    };
  },
});

interface Seen {
  /** The port answers, or the file is there and matches. */
  readonly isThere: boolean;
  readonly match?: RegExpExecArray;
  /** What the path is, as Ansible tells it. */
  readonly type?: string;
}

async function look(context: TaskContext, args: WaitArgs): Promise<Seen> {
  const { host, signal } = context;
  if (args.port !== undefined) {
    const words = [args.host, `${args.port}`, `${args.connect_timeout}`];
    const argv = ["/bin/sh", "-c", PROBE_SCRIPT, "sh", ...words];
    const { code, stderr } = await host.query({ argv }, { signal });
    if (code === 3) throw new TaskFailure(stderr.trim());
    return { isThere: code === 0 };
  }
  const file = args.path ?? "";
  const stat = await host.stat(file, { signal });
  const type = stat === undefined ? "absent" : stat.type;
  if (args.search_regex === undefined || stat === undefined)
    return { isThere: stat !== undefined, type };
  const content = await host.readFile(file, { signal });
  const match = content && pythonRegex(args.search_regex, "m").exec(content.toString());
  return match ? { isThere: true, match, type } : { isThere: false, type };
}

function timeoutMessage({ host, port, path = "", state, search_regex: regex }: WaitArgs): string {
  const what = port === undefined ? path : `${host}:${port}`;
  const isGone = state === "stopped" || state === "absent";
  if (isGone)
    return `Timeout when waiting for ${what} to ${port === undefined ? "be absent" : "stop"}.`;
  if (regex !== undefined) return `Timeout when waiting for search string ${regex} in ${what}`;
  return `Timeout when waiting for ${port === undefined ? "file " : ""}${what}`;
}
