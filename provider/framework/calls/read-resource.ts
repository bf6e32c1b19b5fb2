/** ReadResource: what has become of a stored object. On a fault Terraform keeps what it has. */
import { Bug } from "../../../core/faults";
import { decodeValue } from "../../protocol/decode-value";
import { encodeValue } from "../../protocol/encode-value";
import type { DynamicValue } from "../../protocol/messages/common";
import type { Request, Response } from "../../protocol/provider-service";
import type { Report } from "../report";
import type { ResourceEntry, Session } from "../session";
import { settle } from "../settle";
import { timeLimit } from "../time-limit";
import type { Values } from "../values";

/** Reads one object. */
export async function readResource<C>(
  session: Session<C>,
  { type_name, current_state, private: stored }: Request<"ReadResource">,
): Promise<Response<"ReadResource">> {
  const entry = session.resource(type_name);
  const report = session.report(entry.schema);
  // An empty `private` in the answer would erase it from the state.
  const answer = { private: stored };
  try {
    const state = decodeValue(current_state, entry.type) as Values;
    report.hide(state);
    const new_state = await read(session, entry, { state, stored }, report);
    return { ...answer, new_state, diagnostics: report.diagnostics };
  } catch (error) {
    report.error(error);
    return { ...answer, new_state: current_state, diagnostics: report.diagnostics };
  }
}

async function read<C>(
  session: Session<C>,
  { resource, schema, type }: ResourceEntry<C>,
  { state, stored }: { readonly state: Values; readonly stored: Uint8Array | undefined },
  report: Report,
): Promise<DynamicValue> {
  const milliseconds = timeLimit(resource.timeLimits, "read", state);
  const found = await session.work(
    { milliseconds, what: `reading ${resource.type}`, report, private: stored },
    (context) => resource.read(context, state),
  );
  if (found === undefined) return encodeValue(null, type);
  const { value, mistakes } = settle(schema, found, state);
  if (mistakes.length > 0) throw new Bug(`${resource.type} was read as: ${mistakes.join("; ")}`);
  return value;
}
