/** `ansible.builtin.uri`: a request that the host makes, and what comes back. */
import { gunzipSync } from "node:zlib";
import type { TaskContext, TaskResult } from "../module";
import { exists } from "./args/exists";
import { defineModule } from "./define-module";
import { converse } from "./http/converse";
import { toUrl } from "./http/follow";
import { URI_ARGS, type UriArgs } from "./http/uri-args";
import { TaskFailure } from "./task-failure";

/** See the file's header. */
export const uriModule = defineModule({
  name: "uri",
  args: URI_ARGS,
  aliases: { url_username: ["user"], url_password: ["password"] },
  refused: {
    use_gssapi: "Kerberos is not there; use url_username and url_password, or a header",
    attributes: "use command with chattr",
    ...Object.fromEntries(
      ["seuser", "serole", "setype", "selevel"].map((it) => [it, "use command with chcon"]),
    ),
  },
  check: ({ body, src }) =>
    body !== undefined && src !== undefined ? "give body or src, not both" : undefined,
  async run(context, args) {
    if (context.check) {
      const message = "remote module (ansible.builtin.uri) does not support check mode";
      return { changed: false, skipped: true, message };
    }
    const reason = await reasonNotToAsk(context, args);
    if (reason !== undefined) {
      return { changed: false, values: { stdout: `skipped, since ${reason}` } };
    }
    return ask(context, args);
  },
});

async function reasonNotToAsk(
  context: TaskContext,
  { creates, removes }: UriArgs,
): Promise<string | undefined> {
  if (creates !== undefined && (await exists(context, creates))) return `'${creates}' exists`;
  if (removes !== undefined && !(await exists(context, removes))) {
    return `'${removes}' does not exist`;
  }
  return undefined;
}

async function ask(context: TaskContext, args: UriArgs): Promise<TaskResult> {
  const begin = performance.now();
  const { url, response, since } = await converse(context, args);
  const elapsed = Math.floor((performance.now() - begin) / 1000);
  const { status, headers = {}, reason = "", said, content, placed, cookies = [] } = response;
  if (status === undefined) {
    const message = `Status code was -1 and not ${listed(args.status_code)}: Request failed: ${said}`;
    const values = { status: -1, url: args.url, elapsed, redirected: false };
    throw new TaskFailure(message, values);
  }
  const isFine = args.status_code.includes(status) || (status === 304 && since);
  const isError = status >= 300;
  const type = headers["content-type"] ?? "";
  const decoded = decode(content, args, headers["content-encoding"]);
  const json = /^[^;]*[/+](json|javascript)\b/i.test(type) ? jsonIn(decoded) : undefined;
  const { location } = headers;
  const message = isError
    ? `HTTP Error ${status}: ${reason}`
    : `OK (${headers["content-length"] ?? "unknown"} bytes)`;
  const values = {
    ...Object.fromEntries(
      Object.entries(headers).map(([name, it]) => [name.replaceAll("-", "_"), it]),
    ),
    ...(location === undefined ? {} : { location: toUrl(location, url)?.href ?? location }),
    ...(isError
      ? {}
      : {
          cookies: Object.fromEntries(cookies),
          cookies_string: cookies.map(([name, it]) => `${name}=${it}`).join("; "),
        }),
    ...(json === undefined ? {} : { json }),
    ...(args.return_content ? { content: decoded } : {}),
    ...(args.dest === undefined ? {} : { path: placed ?? args.dest }),
    ...{ status, url: isError ? args.url : url.href, elapsed },
    redirected: !isError && url.href !== toUrl(args.url)?.href,
  };
  if (!isFine) {
    const list = listed(args.status_code);
    throw new TaskFailure(`Status code was ${status} and not ${list}: ${message}`, values);
  }
  const diff =
    placed !== undefined && context.diff ? { diff: `+ ${placed} (from ${url.href})` } : {};
  return { changed: placed !== undefined, message, values, ...diff };
}

function decode(content: Buffer, { decompress }: UriArgs, encoding: string | undefined): string {
  if (!decompress || encoding?.toLowerCase() !== "gzip") return content.toString();
  try {
    return gunzipSync(content).toString();
  } catch {
    return content.toString();
  }
}

function jsonIn(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}

function listed(codes: readonly number[]): string {
  return `[${codes.join(", ")}]`;
}
