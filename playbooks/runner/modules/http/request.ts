/** Sends one request from the host, and reads what came back. */
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";
import { parseHead, type ResponseHead } from "./response-head";
import { REQUEST_SCRIPT } from "./request-script";
import { curlSettings, plainHead, wgetSettings } from "./settings";

/** What is sent, and how. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  /** Names and values without line ends. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer | undefined;
  /** A file of the host to send instead. */
  readonly bodyFile?: string | undefined;
  /** Seconds. */
  readonly timeout: number;
  readonly validateCerts: boolean;
  readonly caPath?: string | undefined;
  readonly clientCert?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly ciphers?: readonly string[] | undefined;
  readonly unixSocket?: string | undefined;
  readonly useProxy: boolean;
  readonly useNetrc: boolean;
}

/** What is done with the answer. */
export interface Reception {
  /** Statuses with which the content is put into `dest`. */
  readonly good: readonly number[];
  /** Whether the content is wanted in any case; else only JSON and that of failures comes back. */
  readonly wantContent: boolean;
  readonly dest?: string | undefined;
  /** The file's name when `dest` is a folder. */
  readonly fileName: string;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

/** An answer; without `status` there was none, and `said` tells why. */
export interface HttpResponse extends Partial<ResponseHead> {
  readonly said: string;
  readonly content: Buffer;
  /** Where the content was put. */
  readonly placed?: string;
}

/**
 * Sends it. With `looks` the request only looks, and nothing is put anywhere.
 * @throws TaskFailure when the host has no program for it, or the content cannot be put in its place
 */
export async function sendRequest(
  context: TaskContext,
  request: HttpRequest,
  reception: Reception,
  looks: boolean,
): Promise<HttpResponse> {
  const { host, signal } = context;
  const { url, body, bodyFile, timeout } = request;
  const lines = [curlSettings(request), wgetSettings(request), plainHead(request)];
  const head = lines.flat().map((it) => `${it}\n`);
  const words = [
    ...lines.map((it) => `${it.length}`),
    bodyFile === undefined ? (body === undefined ? "" : "body") : `file:${bodyFile}`,
    url.hostname.replace(/^\[(.*)\]$/, "$1"),
    url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port,
    url.protocol.replace(":", ""),
    `${timeout}`,
    ` ${reception.good.join(" ")} `,
    reception.wantContent ? "content" : "",
    reception.dest ?? "",
    ...[reception.fileName, reception.mode, reception.owner, reception.group],
  ];
  const stdin = Buffer.concat([Buffer.from(head.join("")), body ?? Buffer.alloc(0)]);
  const command = { argv: ["/bin/sh", "-c", REQUEST_SCRIPT, "sh", ...words], stdin };
  const { code, stdout, stderr, truncated } = looks
    ? await host.query(command, { signal })
    : await host.change(command, { signal });
  if (code !== 0) throw new TaskFailure(stderr.trim() || `the request failed (exit code ${code})`);
  if (truncated) throw new TaskFailure(`${url.href}: the content is too large: use dest`);
  return readAnswer(stdout);
}

function readAnswer(stdout: string): HttpResponse {
  const [first = "", ...encoded] = stdout.split("\n");
  const [head = Buffer.alloc(0), said = Buffer.alloc(0), content = Buffer.alloc(0)] = encoded.map(
    (it) => Buffer.from(it, "base64"),
  );
  const [, code, placed] = /^(\d+)(?: (.*))?$/.exec(first) ?? [];
  const answered = code === "0" ? parseHead(head.toString("latin1")) : undefined;
  return {
    ...answered,
    said: said.toString().trim(),
    content,
    ...(placed === undefined ? {} : { placed }),
  };
}
