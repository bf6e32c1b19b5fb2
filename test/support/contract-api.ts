/**
 * The exam's HTTP client: plain `fetch`, no retries, no knowledge of the server's code. Every answer
 * that comes through it is held against the wire rules and decoded strictly; what is found is kept
 * until somebody takes it.
 */
import { Answer } from "./contract-answer";
import { brokenRules } from "./contract-rules";
import type { StrictDecoder } from "./openapi-decoder";

/** Where the API is, and as whom to speak to it. */
export interface ApiSettings {
  /** Without trailing slash, with the prefix: `http://127.0.0.1:7117/metal/v1`. */
  readonly base: string;
  /** Undefined sends no token. */
  readonly token: string | undefined;
  /** Undefined skips the strict decoding. */
  readonly decoder: StrictDecoder | undefined;
}

/** What a request has beside method and path. */
export interface RequestOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is; wins over `body`. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Something that an answer should not have been. */
interface Finding {
  readonly request: string;
  readonly fault: string;
}

/** What all clients of one lab have found, and how much they have looked at. */
class Ledger {
  readonly findings: Finding[] = [];
  readonly requestIds = new Set<string>();
  answers = 0;
}

/** See the module's header. */
export class ContractApi {
  readonly #settings: ApiSettings;
  readonly #ledger: Ledger;

  constructor(settings: ApiSettings, ledger = new Ledger()) {
    this.#settings = settings;
    this.#ledger = ledger;
  }

  /** The same API with another token; what both find is kept together. */
  as(token: string | undefined): ContractApi {
    return new ContractApi({ ...this.#settings, token }, this.#ledger);
  }

  /** The same API under another base. */
  at(base: string): ContractApi {
    return new ContractApi({ ...this.#settings, base }, this.#ledger);
  }

  /** Base URL with the prefix. */
  get base(): string {
    return this.#settings.base;
  }

  /** How many answers were looked at. */
  get answers(): number {
    return this.#ledger.answers;
  }

  /** Hands over what was found since the last time. */
  takeFindings(): string[] {
    return this.#ledger.findings.splice(0).map(({ request, fault }) => `${request}: ${fault}`);
  }

  get(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.send("GET", path, options);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.send("POST", path, { body });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.send("PUT", path, { body });
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.send("PATCH", path, { body });
  }

  delete(path: string, body?: unknown): Promise<Answer> {
    return this.send("DELETE", path, { body });
  }

  /** Sends one request and reads the answer to its end. */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const { base, token } = this.#settings;
    const body =
      options.rawBody ?? (options.body === undefined ? null : JSON.stringify(options.body));
    const headers = new Headers(options.headers);
    if (token !== undefined) headers.set("X-Auth-Token", token);
    if (body !== null) headers.set("Content-Type", "application/json");
    const response = await fetch(base + path, { method, headers, body });
    const answer = new Answer(
      { method, path },
      response.status,
      response.headers,
      await response.text(),
    );
    this.#examine(answer);
    return answer;
  }

  #examine(answer: Answer): void {
    const { findings, requestIds } = this.#ledger;
    this.#ledger.answers += 1;
    const { request, status, text, headers } = answer;
    const path = request.path.replace(/\?.*/s, "");
    const body = text === "" ? undefined : answer.json;
    const decoded = this.#settings.decoder?.faultsOf({
      method: request.method,
      path,
      status,
      body,
    });
    const faults = [...brokenRules(answer), ...(decoded ?? []).map((it) => `C-121 ${it}`)];
    const id = headers.get("x-request-id") ?? "";
    if (requestIds.has(id)) faults.push(`C-003 request id ${id} was there before`);
    requestIds.add(id);
    for (const fault of faults)
      findings.push({ request: `${request.method} ${request.path} → ${status}`, fault });
  }
}
