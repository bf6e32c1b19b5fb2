/** The three Validate calls. Values may be unknown at any depth: references are, at first. */
import { decodeValue } from "../../protocol/decode-value";
import type { Diagnostic, DynamicValue } from "../../protocol/messages/common";
import type { Request, Response } from "../../protocol/provider-service";
import { fault, throwIfAny, type Fault } from "../../../core/faults";
import { checkValues } from "../check-values";
import { objectType } from "../full-schema";
import type { Report } from "../report";
import type { Schema } from "../resource";
import type { Session } from "../session";
import { checkTimeouts } from "../time-limit";
import { isValues, own, type Values } from "../values";

/** ValidateProviderConfig. */
export function validateProviderConfig<C>(
  session: Session<C>,
  { config }: Request<"ValidateProviderConfig">,
): Response<"ValidateProviderConfig"> {
  const { provider } = session;
  return validate(session, provider.schema, config, (it) => provider.validate?.(it) ?? []);
}

/** ValidateResourceConfig. */
export function validateResourceConfig<C>(
  session: Session<C>,
  { type_name, config, client_capabilities }: Request<"ValidateResourceConfig">,
): Response<"ValidateResourceConfig"> {
  const { resource, schema } = session.resource(type_name);
  const allowed = client_capabilities?.write_only_attributes_allowed === true;
  return validate(session, schema, config, (it) => [
    ...checkTimeouts(it),
    ...(allowed ? [] : checkWriteOnly(schema, it)),
    ...(resource.validate?.(it as never) ?? []),
  ]);
}

/** ValidateDataResourceConfig. */
export function validateDataSourceConfig<C>(
  session: Session<C>,
  { type_name, config }: Request<"ValidateDataResourceConfig">,
): Response<"ValidateDataResourceConfig"> {
  const { dataSource } = session.dataSource(type_name);
  const check = (it: Values): readonly Fault[] => dataSource.validate?.(it) ?? [];
  return validate(session, dataSource.schema, config, check);
}

function validate<C>(
  session: Session<C>,
  schema: Schema,
  config: DynamicValue | undefined,
  check: (config: Values) => readonly Fault[],
): { readonly diagnostics: Diagnostic[] } {
  const report = session.report(schema);
  try {
    const decoded = decodeValue(config, objectType(schema));
    if (isValues(decoded)) checkDecoded({ report, schema }, decoded, check);
  } catch (error) {
    report.error(error);
  }
  return { diagnostics: report.diagnostics };
}

function checkDecoded(
  { report, schema }: { readonly report: Report; readonly schema: Schema },
  config: Values,
  check: (config: Values) => readonly Fault[],
): void {
  report.hide(config);
  // With these, a resource's own checks would meet values that its model does not have.
  throwIfAny(checkValues(schema, config));
  report.faults(check(config));
}

function checkWriteOnly(schema: Schema, config: Values): Fault[] {
  const names = Object.keys(schema).filter((name) => schema[name]?.writeOnly === true);
  return names.filter((name) => own(config, name) !== null).map((name) => fault("AS1804", name));
}
