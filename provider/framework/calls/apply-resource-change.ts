/**
 * ApplyResourceChange: create, update or delete. It never fails as a gRPC call: what exists
 * is answered beside the diagnostics, since Terraform forgets what is not answered.
 */
import { decodeValue } from "../../protocol/decode-value";
import { encodeValue } from "../../protocol/encode-value";
import type { DynamicValue } from "../../protocol/messages/common";
import type { Request, Response } from "../../protocol/provider-service";
import { TIMEOUTS, type Operation } from "../full-schema";
import { Keeper } from "../keeper";
import { encodePrivate } from "../private-data";
import { changedNames } from "../plan-rules";
import type { Report } from "../report";
import type { Context } from "../resource";
import type { ResourceEntry, Session } from "../session";
import { timeLimit } from "../time-limit";
import { isUnknownInside } from "../unknown";
import type { Values } from "../values";

/** Applies one planned change. */
export async function applyResourceChange<C>(
  session: Session<C>,
  request: Request<"ApplyResourceChange">,
): Promise<Response<"ApplyResourceChange">> {
  const entry = session.resource(request.type_name);
  const report = session.report(entry.schema);
  const exists: Existing = { value: request.prior_state, private: request.planned_private };
  try {
    const change = decodeChange(entry, request);
    for (const it of [change.prior, change.config]) report.hide(it);
    await apply(session, { entry, change, report, exists });
  } catch (error) {
    report.error(error);
  }
  return {
    new_state: exists.value,
    private: exists.private,
    diagnostics: report.diagnostics,
  };
}

/** What Terraform is to store if the call ended now. */
interface Existing {
  value: DynamicValue | undefined;
  private: Uint8Array | undefined;
}

interface Change {
  readonly prior: Values | null;
  readonly planned: Values | null;
  readonly config: Values;
}

interface Job<C> {
  readonly entry: ResourceEntry<C>;
  readonly change: Change;
  readonly report: Report;
  readonly exists: Existing;
}

function decodeChange<C>(
  { type }: ResourceEntry<C>,
  request: Request<"ApplyResourceChange">,
): Change {
  return {
    prior: decodeValue(request.prior_state, type) as Values | null,
    planned: decodeValue(request.planned_state, type) as Values | null,
    config: (decodeValue(request.config, type) ?? {}) as Values,
  };
}

async function apply<C>(session: Session<C>, job: Job<C>): Promise<void> {
  const { entry, change, exists } = job;
  const { prior, planned } = change;
  if (!planned) {
    if (prior) await remove(session, job, prior);
    exists.value = encodeValue(null, entry.type);
    return;
  }
  if (prior && onlyTimeoutsChanged(entry, planned, prior)) {
    exists.value = encodeValue(planned, entry.type);
    return;
  }
  await write(session, job, planned);
}

async function remove<C>(session: Session<C>, job: Job<C>, prior: Values): Promise<void> {
  const { entry, exists } = job;
  const keeper = new Keeper(entry.schema, prior);
  const keep = keeper.keep.bind(keeper);
  try {
    await work(session, job, "delete", (it) => entry.resource.delete({ ...it, keep }, prior));
  } catch (error) {
    exists.value = keeper.kept ?? exists.value;
    throw error;
  }
}

async function write<C>(session: Session<C>, job: Job<C>, planned: Values): Promise<void> {
  const { entry, change, report, exists } = job;
  const { resource, schema } = entry;
  const { prior, config } = change;
  const keeper = new Keeper(schema, planned);
  const keep = keeper.keep.bind(keeper);
  const store = (value: unknown): void => {
    exists.private = encodePrivate(value);
  };
  try {
    const model = await work(session, job, prior ? "update" : "create", (context) =>
      prior
        ? resource.update({ ...context, keep, store }, planned, prior, config)
        : resource.create({ ...context, keep, store }, planned, config),
    );
    exists.value = keeper.finish(model, report);
  } catch (error) {
    exists.value = keeper.kept ?? exists.value;
    throw error;
  }
}

function work<C, T>(
  session: Session<C>,
  { entry: { resource }, change, report, exists }: Job<C>,
  operation: Operation,
  run: (context: Context<C>) => Promise<T>,
): Promise<T> {
  const milliseconds = timeLimit(
    resource.timeLimits,
    operation,
    change.planned ?? change.prior ?? {},
  );
  const what = `${operation} of ${resource.type}`;
  return session.work({ milliseconds, what, report, private: exists.private }, run);
}

/** Time limits are no property of the object: a change of them alone touches nothing outside. */
function onlyTimeoutsChanged<C>(
  { schema }: ResourceEntry<C>,
  planned: Values,
  prior: Values,
): boolean {
  const changed = [...changedNames(schema, planned, prior)];
  return !isUnknownInside(planned) && changed.length === 1 && changed[0] === TIMEOUTS;
}
