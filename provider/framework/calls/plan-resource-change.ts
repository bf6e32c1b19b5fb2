/** PlanResourceChange: the schema's rules, then the resource's own. Deterministic, and writes nothing. */
import { Bug, describeError } from "../../../core/faults";
import { decodeValue } from "../../protocol/decode-value";
import { encodeValue } from "../../protocol/encode-value";
import type { AttributePath, DynamicValue } from "../../protocol/messages/common";
import type { Request, Response } from "../../protocol/provider-service";
import { TIMEOUTS } from "../full-schema";
import { changedNames, expectUpdate, planAttributes, replacingPaths } from "../plan-rules";
import type { Report } from "../report";
import type { AnyPlanOutput, PlanInput, Schema } from "../resource";
import type { ResourceEntry, Session } from "../session";
import { timeLimit, withDeadline } from "../time-limit";
import { own, type Values } from "../values";

/** Plans one object. */
export async function planResourceChange<C>(
  session: Session<C>,
  request: Request<"PlanResourceChange">,
): Promise<Response<"PlanResourceChange">> {
  const entry = session.resource(request.type_name);
  const report = session.report(entry.schema);
  const planned_private = request.prior_private;
  try {
    const config = decodeValue(request.config, entry.type) as Values | null;
    if (decodeValue(request.proposed_new_state, entry.type) === null || config === null) {
      return { planned_state: request.proposed_new_state, planned_private };
    }
    const prior = decodeValue(request.prior_state, entry.type) as Values | null;
    report.hide(config);
    report.hide(prior);
    const { planned, replaces } = await plan(session, entry, { config, prior }, report);
    const planned_state = encodePlan(planned, entry);
    return {
      planned_state,
      requires_replace: replaces,
      planned_private,
      diagnostics: report.diagnostics,
    };
  } catch (error) {
    report.error(error);
    return { planned_private, diagnostics: report.diagnostics };
  }
}

function encodePlan<C>(planned: Values, { resource, type }: ResourceEntry<C>): DynamicValue {
  try {
    return encodeValue(planned, type);
  } catch (error) {
    throw new Bug(`${resource.type} was planned as: ${describeError(error)}`, { cause: error });
  }
}

interface Inputs {
  readonly config: Values;
  readonly prior: Values | null;
}

async function plan<C>(
  session: Session<C>,
  entry: ResourceEntry<C>,
  { config, prior }: Inputs,
  report: Report,
): Promise<{ readonly planned: Values; readonly replaces: AttributePath[] }> {
  const { schema } = entry;
  const drafted = planAttributes(schema, config, prior);
  const first = expectIfChanged(schema, { config, prior }, drafted);
  const changed = changedNames(schema, first, prior);
  const output = await modify(session, entry, { prior, config, planned: first, changed }, report);
  for (const it of output.warnings ?? []) report.warn(it);
  const modified = withoutWriteOnly(schema, output.planned as Values);
  // The resource's own rules may have made the first difference.
  const planned =
    first === drafted ? expectIfChanged(schema, { config, prior }, modified) : modified;
  if (!prior) return { planned, replaces: [] };
  const paths = [
    ...replacingPaths(schema, planned, prior),
    ...(output.replaces ?? []).map((name) => [{ attribute_name: name }]),
  ];
  return { planned, replaces: paths.map((steps) => ({ steps })) };
}

function expectIfChanged(schema: Schema, { config, prior }: Inputs, planned: Values): Values {
  if (!prior) return planned;
  const changed = changedNames(schema, planned, prior);
  changed.delete(TIMEOUTS);
  return changed.size === 0 ? planned : expectUpdate(schema, config, planned);
}

async function modify<C>(
  session: Session<C>,
  { resource }: ResourceEntry<C>,
  input: PlanInput<Values>,
  report: Report,
): Promise<AnyPlanOutput> {
  if (!resource.modifyPlan) return { planned: input.planned };
  const modifyPlan = resource.modifyPlan.bind(resource);
  const milliseconds = timeLimit(resource.timeLimits, "read", input.config);
  const options = { milliseconds, what: `planning ${resource.type}`, stop: session.stopSignal };
  return withDeadline(options, async (signal) => {
    const warn = (it: Parameters<Report["warn"]>[0]): void => {
      report.warn(it);
    };
    const context = session.client && { client: session.client.client, signal, warn };
    return modifyPlan(input, context);
  });
}

function withoutWriteOnly(schema: Schema, planned: Values): Values {
  const entries = Object.entries(schema).map(([name, attribute]) => {
    return [name, attribute.writeOnly === true ? null : own(planned, name)] as const;
  });
  return Object.fromEntries(entries);
}
