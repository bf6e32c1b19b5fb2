/**
 * One GET over HTTP, with certificates of one's own, a bound on size and time, and redirects: what
 * registries need. No header of the first server goes to another one.
 */
import http from "node:http";
import https from "node:https";
import { rootCertificates } from "node:tls";
import { onAbort } from "../core/on-abort";

/** What to get. */
export interface GetRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came back. */
export interface GetAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Manifests are bounded at 4 MiB by the specification; nothing else is read. */
const MAX_BYTES = 4 * 1024 * 1024;
const TIME_LIMIT_MS = 30_000;
const MAX_REDIRECTS = 5;

/**
 * Gets a URL.
 * @param request - what to get
 * @throws Error with the reason when no whole answer came
 */
export async function get(request: GetRequest): Promise<GetAnswer> {
  let current = request;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await getOnce(current);
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
    const url = new URL(location, current.url);
    if (!["http:", "https:"].includes(url.protocol)) throw new Error(`redirected to ${url.href}`);
    const { accept = "*/*" } = current.headers;
    const isSame = url.origin === current.url.origin;
    current = { ...current, url, headers: isSame ? current.headers : { accept } };
  }
  throw new Error(`more than ${MAX_REDIRECTS} redirects`);
}

function getOnce({ url, headers, ca, insecure, signal }: GetRequest): Promise<GetAnswer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const options = { headers, ...(ca === undefined ? {} : { ca: trusted(ca) }) };
    const request =
      url.protocol === "https:"
        ? https.get(url, { ...options, rejectUnauthorized: insecure !== true })
        : http.get(url, options);
    const late = setTimeout(() => {
      request.destroy(new Error(`no answer within ${TIME_LIMIT_MS / 1_000} s`));
    }, TIME_LIMIT_MS);
    const stopListening = onAbort(signal, () => {
      request.destroy(signal?.reason instanceof Error ? signal.reason : new Error("cancelled"));
    });
    const end = (): void => {
      clearTimeout(late);
      stopListening();
    };
    request.once("error", (error) => {
      end();
      reject(error);
    });
    request.once("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) response.destroy(new Error("larger than 4 MiB"));
        else chunks.push(chunk);
      });
      response.once("error", (error) => {
        end();
        reject(error);
      });
      response.once("end", () => {
        end();
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, body: Buffer.concat(chunks) });
      });
    });
  });
}

/** Certificates that are given count beside the system's, as for container runtimes. */
function trusted(ca: string): string[] {
  return [...rootCertificates, ca];
}
