/** An HTTP server on loopback that answers from a script and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What came in. */
export interface SeenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON; undefined when empty. */
  readonly body: unknown;
}

/** What goes out. */
export interface Reply {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as the API sends it: JSON, with a request id. */
  readonly json?: unknown;
  /** Sent as a proxy sends it: HTML, without a request id. */
  readonly html?: string;
  /** The connection is cut instead of an answer, or is left open for ever. */
  readonly instead?: "cut" | "silence";
}

/** Answers one request. */
export type Script = (request: SeenRequest, count: number) => Reply;

/** Request id of every answer of the script. */
export const REQUEST_ID = "5f1a2a3c-0000-4000-8000-00000000abcd";

/** See the header. */
export class ScriptedServer {
  readonly requests: SeenRequest[] = [];
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  /** Base URL without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const text = (await request.toArray()).join("");
    const seen: SeenRequest = {
      method: request.method ?? "",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: text === "" ? undefined : (JSON.parse(text) as unknown),
    };
    this.requests.push(seen);
    const {
      status = 200,
      headers = {},
      json,
      html,
      instead,
    } = this.#script(seen, this.requests.length);
    if (instead === "silence") return;
    if (instead === "cut") {
      request.socket.destroy();
      return;
    }
    const own =
      html === undefined
        ? { "content-type": "application/json; charset=utf-8", "x-request-id": REQUEST_ID }
        : { "content-type": "text/html" };
    response.writeHead(status, { ...own, ...headers });
    response.end(html ?? (json === undefined ? "" : JSON.stringify(json)));
  }
}
