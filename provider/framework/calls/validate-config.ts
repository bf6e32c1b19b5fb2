/** The three Validate calls. Values may be unknown at any depth: references are, at first. */
import { decodeValue } from "../../protocol/decode-value";
import { Decimal } from "../../protocol/decimal";
import type { Diagnostic, DynamicValue } from "../../protocol/messages/common";
import type { Request, Response } from "../../protocol/provider-service";
import { fault, UserFault, type Fault } from "../../../core/faults";
import { formatPath, type ValuePath } from "../fault-path";
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
    if (isValues(decoded)) checkDecoded(report, decoded, check);
  } catch (error) {
    report.error(error);
  }
  return { diagnostics: report.diagnostics };
}

function checkDecoded(
  report: Report,
  config: Values,
  check: (config: Values) => readonly Fault[],
): void {
  report.hide(config);
  const numbers = Object.keys(config).flatMap((name) => checkNumbers(own(config, name), [name]));
  // A resource expects its numbers to be numbers.
  if (numbers.length > 0) throw new UserFault(numbers);
  report.faults(check(config));
}

/** Numbers beyond a double; inside dynamic values they are allowed. */
function checkNumbers(value: unknown, path: ValuePath): Fault[] {
  if (value instanceof Decimal) {
    return [fault("AS1808", formatPath(path), { given: value.text })];
  }
  if (Array.isArray(value)) return value.flatMap((it, n) => checkNumbers(it, [...path, n]));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, it]) => checkNumbers(it, [...path, key]));
}

function isPlainObject(value: unknown): value is Values {
  return isValues(value) && Object.getPrototypeOf(value) === Object.prototype;
}

function checkWriteOnly(schema: Schema, config: Values): Fault[] {
  const names = Object.keys(schema).filter((name) => schema[name]?.writeOnly === true);
  return names.filter((name) => own(config, name) !== null).map((name) => fault("AS1804", name));
}
