/** ImportResourceState: the state of an object that exists already. Terraform reads it again right after. */
import { Bug, fault, UserFault } from "../../../core/faults";
import type { DynamicValue } from "../../protocol/messages/common";
import type { Request, Response } from "../../protocol/provider-service";
import type { Report } from "../report";
import type { ResourceEntry, Session } from "../session";
import { settle } from "../settle";

/** Imports one object. An empty answer without a fault would look like success, so there is none. */
export async function importResourceState<C>(
  session: Session<C>,
  { type_name, id = "" }: Request<"ImportResourceState">,
): Promise<Response<"ImportResourceState">> {
  const entry = session.resource(type_name);
  const report = session.report(entry.schema);
  try {
    const state = await find(session, entry, id, report);
    return { imported_resources: [{ type_name, state }], diagnostics: report.diagnostics };
  } catch (error) {
    report.error(error);
    return { diagnostics: report.diagnostics };
  }
}

async function find<C>(
  session: Session<C>,
  { resource, schema }: ResourceEntry<C>,
  id: string,
  report: Report,
): Promise<DynamicValue> {
  const importState = resource.importState?.bind(resource);
  if (!importState) throw new UserFault([fault("AS1806", "", { given: resource.type })]);
  const options = {
    milliseconds: resource.timeLimits.read,
    what: `importing ${resource.type}`,
    report,
  };
  const found = await session.work(options, (context) => importState(context, id));
  if (found === undefined) throw new UserFault([fault("AS1805", "", { given: id })]);
  const { value, mistakes } = settle(schema, found, null);
  if (mistakes.length > 0)
    throw new Bug(`${resource.type} was imported as: ${mistakes.join("; ")}`);
  return value;
}
