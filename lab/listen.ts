/** Listening on loopback: the wanted port, or the one of the last time, or any. */
import type { FastifyInstance } from "fastify";
import { OuterFault } from "../core/faults";

const HOST = "127.0.0.1";

/**
 * @param wanted - a port, or 0 for the port of the last start (machines know it) or any
 * @param last - the port of the last start, 0 when there was none
 * @returns the port
 * @throws OuterFault AS2403 when the wanted port is taken
 */
export async function listenOn(
  app: FastifyInstance,
  wanted: number,
  last: number,
): Promise<number> {
  if (wanted === 0 && last !== 0) {
    const port = await listen(app, last).catch(ignoreTaken);
    if (port !== undefined) return port;
  }
  return listen(app, wanted);
}

async function listen(app: FastifyInstance, port: number): Promise<number> {
  try {
    return Number(new URL(await app.listen({ host: HOST, port })).port);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new OuterFault(
      "AS2403",
      { problem: `port ${port} of ${HOST} is taken` },
      { cause: error },
    );
  }
}

function ignoreTaken(error: unknown): undefined {
  if (error instanceof OuterFault && error.code === "AS2403") return undefined;
  throw error;
}

function isTaken(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "code" in error && error.code === "EADDRINUSE"
  );
}
