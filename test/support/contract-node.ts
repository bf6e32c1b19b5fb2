/**
 * Speaks to the services for nodes as a machine would: from its own address. `fetch` cannot choose
 * the address that it comes from, so this is node's own client.
 */
import { request } from "node:http";
import { LAB_HOST_NAME } from "../../core/lab-defaults";

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
    const options = { method, headers, localAddress: from, agent: false };
    const sent = request(asMachinesResolve(url), options, (response) => {
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

/** Every machine's /etc/hosts knows the lab's services by a name that this host does not know. */
function asMachinesResolve(url: string): URL {
  const resolved = new URL(url);
  if (resolved.hostname === LAB_HOST_NAME) resolved.hostname = "127.0.0.1";
  return resolved;
}
