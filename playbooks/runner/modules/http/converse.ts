/** A request with all that follows from it: logins and redirections. */
import path from "node:path";
import type { TaskContext } from "../../module";
import { formatMode, NEW_FILE_MODE, resolveMode } from "../files/mode";
import { TaskFailure } from "../task-failure";
import { encodeBody } from "./body";
import { basicAuth, followPolicy, nextStep, toUrl, type Step } from "./follow";
import { sendRequest, type HttpResponse, type Reception } from "./request";
import type { UriArgs } from "./uri-args";

/** Redirections after which something goes round in a circle. */
const MAX_STEPS = 10;
/** Methods that change nothing on the server. */
const LOOKING: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** How it ended. */
export interface Conversation {
  readonly url: URL;
  readonly response: HttpResponse;
  /** Asked for the content only if it is newer than the file. */
  readonly since: boolean;
}

/** Asks, logs in when the server wants it, and goes where it is sent. @throws TaskFailure */
export async function converse(context: TaskContext, args: UriArgs): Promise<Conversation> {
  const login = loginOf(args);
  const source = sourceOf(context, args);
  const since = await sinceHeader(context, args);
  let step: Step = firstStep(args, source, [...login.header, ...since]);
  let mayLogin = login.header.length === 0 && login.answer !== undefined;
  for (let count = 0; ; count += 1) {
    const { body, bodyFile } = step.hasBody ? source : {};
    const request = {
      ...requestOptions(args),
      ...{ url: step.url, method: step.method, headers: step.headers, body, bodyFile },
    };
    const looks = args.dest === undefined && LOOKING.includes(step.method);
    const response = await sendRequest(context, request, receptionOf(args, step.url), looks);
    const { status = 0, headers = {} } = response;
    if (status === 401 && mayLogin && login.answer !== undefined) {
      mayLogin = false;
      step = { ...step, headers: [...step.headers, login.answer] };
      continue;
    }
    const unredirected = args.unredirected_headers.map((it) => it.toLowerCase());
    const answer = { status, location: headers.location };
    const next = nextStep(step, answer, followPolicy(args.follow_redirects), unredirected);
    if (next === undefined) return { url: step.url, response, since: since.length > 0 };
    if (count >= MAX_STEPS) throw new TaskFailure(`${args.url} leads round in a circle`);
    step = next;
  }
}

interface Login {
  /** Sent at once. */
  readonly header: readonly (readonly [string, string])[];
  /** Sent when the server asks for it. */
  readonly answer?: readonly [string, string];
}

function loginOf({ url, url_username: user, url_password: password, ...args }: UriArgs): Login {
  const parsed = toUrl(url);
  const own = parsed !== undefined && parsed.username !== "";
  const name = user ?? (own ? decodeURIComponent(parsed.username) : undefined);
  if (name === undefined) return { header: [] };
  const secret = password ?? (own ? decodeURIComponent(parsed.password) : "");
  const answer = basicAuth(name, secret);
  // Ansible sends at once what stands in the address.
  return args.force_basic_auth || user === undefined
    ? { header: [answer] }
    : { header: [], answer };
}

interface Source {
  readonly body?: Buffer | undefined;
  readonly bodyFile?: string | undefined;
  readonly contentType?: string | undefined;
}

function sourceOf(context: TaskContext, args: UriArgs): Source {
  const { src, remote_src: isRemote } = args;
  if (src === undefined) return encodeBody(args.body, args.body_format);
  const { contentType } = encodeBody(undefined, args.body_format);
  if (isRemote) return { bodyFile: src, contentType };
  const body = context.file(src);
  if (body === undefined) throw new TaskFailure(`Unable to open source file ${src}`);
  return { body, contentType };
}

function firstStep(
  args: UriArgs,
  source: Source,
  more: readonly (readonly [string, string])[],
): Step {
  const url = toUrl(args.url);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TaskFailure(`${args.url} is no address that begins with http:// or https://`);
  }
  url.username = "";
  url.password = "";
  url.hash = "";
  const given = Object.entries(args.headers);
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  const own: [string, string][] = [
    ["User-Agent", args.http_agent],
    ...(source.contentType === undefined
      ? []
      : [["Content-Type", source.contentType] satisfies [string, string]]),
    ...(args.force ? [["Cache-Control", "no-cache"] satisfies [string, string]] : []),
  ];
  const headers = [...own.filter(([name]) => !names.has(name.toLowerCase())), ...given, ...more];
  const odd = headers.find(([name, it]) => !/^[^\s:]+$/.test(name) || /[\r\n\0]/.test(it));
  if (odd !== undefined) throw new TaskFailure(`the header ${odd[0]} holds a line end or is none`);
  const hasBody = source.body !== undefined || source.bodyFile !== undefined;
  return { url, method: args.method, headers, hasBody };
}

/** Content that lies there already is asked for only when it has changed. */
async function sinceHeader(
  { host, signal }: TaskContext,
  { dest, force }: UriArgs,
): Promise<(readonly [string, string])[]> {
  if (dest === undefined || force) return [];
  const found = await host.stat(dest, { signal, follow: true });
  if (found?.type !== "file") return [];
  return [["If-Modified-Since", new Date(found.modified * 1000).toUTCString()]];
}

function requestOptions(args: UriArgs) {
  return {
    timeout: args.timeout,
    validateCerts: args.validate_certs,
    caPath: args.ca_path,
    clientCert: args.client_cert,
    clientKey: args.client_key,
    ciphers: args.ciphers,
    unixSocket: args.unix_socket,
    useProxy: args.use_proxy,
    useNetrc: args.use_netrc,
  };
}

function receptionOf(args: UriArgs, url: URL): Reception {
  const { mode, owner = "", group = "" } = args;
  const resolved =
    mode === undefined ? undefined : resolveMode(mode, { mode: NEW_FILE_MODE, isFolder: false });
  return {
    good: args.status_code,
    wantContent: args.return_content,
    dest: args.dest,
    fileName: decodeURIComponent(path.posix.basename(url.pathname)) || "index.html",
    mode: resolved === undefined ? "" : formatMode(resolved),
    ...{ owner, group },
  };
}
