/** Questions to a lab's server over HTTP: whether it answers, and its status. */
import type { LabConnection } from "../../api/lab-connection";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { type LabStatus, labStatusSchema } from "../lab-status";

const TIMEOUT_MS = 20_000;

/** Whether the server answers to its token. */
export async function answers(connection: LabConnection, options: CallOptions): Promise<boolean> {
  const answer = await get(connection, "/user", options).catch(() => undefined);
  options.signal?.throwIfAborted();
  await answer?.body?.cancel();
  return answer?.ok === true;
}

/** @throws OuterFault AS2401 when the server does not answer */
export async function readStatus(
  connection: LabConnection,
  options: CallOptions,
): Promise<LabStatus> {
  try {
    const answer = await get(connection, "/_lab/status", options);
    return labStatusSchema.parse(await answer.json());
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new OuterFault("AS2401", {}, { cause: error });
  }
}

function get(
  { endpoint, token }: LabConnection,
  path: string,
  { signal }: CallOptions,
): Promise<Response> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(`${endpoint}${path}`, {
    headers: { "x-auth-token": token },
    signal: signal ? AbortSignal.any([limit, signal]) : limit,
  });
}
