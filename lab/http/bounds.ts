/** What one client may take of the lab's servers: connections, time to send a request. */
import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Connections of all clients together; one more is closed at once. */
export const MOST_CONNECTIONS = 1_000;

/** How a request that is not one is answered. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/**
 * Options of fastify by which a request that comes too slowly ends with 408.
 * @param requestTimeoutMs - from the first byte to the last
 * @param bodyOf - the answer's JSON, in the shape of the server's other answers
 */
export function boundedBy(requestTimeoutMs: number, bodyOf: (refusal: Refusal) => object) {
  return {
    requestTimeout: requestTimeoutMs,
    http: {
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs),
    },
    clientErrorHandler: (error: { readonly code?: string }, socket: Socket): void => {
      if (error.code !== "ECONNRESET" && socket.writable) {
        const refusal = refusalOf(error.code);
        socket.write(message(refusal, JSON.stringify(bodyOf(refusal))));
      }
      socket.destroy();
    },
  };
}

/** Bounds the connections of a server. */
export function boundConnections(server: Server): void {
  server.maxConnections = MOST_CONNECTIONS;
}

function refusalOf(code: string | undefined): Refusal {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return { status: 408, reason: "Request Timeout" };
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, reason: "Header Fields Too Large" };
  return { status: 400, reason: "Bad Request" };
}

function message({ status, reason }: Refusal, body: string): string {
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
