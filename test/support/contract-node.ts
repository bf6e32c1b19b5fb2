/**
 * Speaks to the services for nodes as a machine would: from its own address. `fetch` cannot choose
 * the address that it comes from, so this is node's own client.
 */
import { request } from "node:http";

/** What a machine is answered. */
export interface NodeAnswer {
  readonly status: number;
  readonly text: string;
}

/** A request of a machine. */
export interface NodeRequest {
  /** The machine's address; 127.0.0.1 belongs to no machine. */
  readonly from: string;
  readonly url: string;
  /** @default "GET" */
  readonly method?: string;
  /** Sent as it is. @default - no body */
  readonly body?: string;
}

/** Sends one request and reads the answer to its end. */
export function askFromNode({ from, url, method = "GET", body }: NodeRequest): Promise<NodeAnswer> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const sent = request(url, { method, headers, localAddress: from, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject).on("end", () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    sent.on("error", reject).end(body);
  });
}
