/** Calls about data sources. Field numbers are the protocol's. */
import { list, message, text } from "../field";
import { Diagnostic, DynamicValue } from "./common";

/** Requests and responses by method name. */
export const DATA_SOURCE_CALLS = {
  ValidateDataResourceConfig: {
    request: { type_name: text(1), config: message(2, DynamicValue) },
    response: { diagnostics: list(1, Diagnostic) },
  },
  ReadDataSource: {
    request: { type_name: text(1), config: message(2, DynamicValue) },
    response: { state: message(1, DynamicValue), diagnostics: list(2, Diagnostic) },
  },
} as const;
