/** Calls about resources. Field numbers differ from call to call: they are the protocol's. */
import { bytes, int, list, message, text } from "../field";
import { AttributePath, ClientCapabilities, Diagnostic, DynamicValue, RawState } from "./common";

const ImportedResource = { type_name: text(1), state: message(2, DynamicValue), private: bytes(3) };

/** Requests and responses by method name. */
export const RESOURCE_CALLS = {
  ValidateResourceConfig: {
    request: {
      type_name: text(1),
      config: message(2, DynamicValue),
      client_capabilities: message(3, ClientCapabilities),
    },
    response: { diagnostics: list(1, Diagnostic) },
  },
  UpgradeResourceState: {
    request: { type_name: text(1), version: int(2), raw_state: message(3, RawState) },
    response: { upgraded_state: message(1, DynamicValue), diagnostics: list(2, Diagnostic) },
  },
  ReadResource: {
    request: {
      type_name: text(1),
      current_state: message(2, DynamicValue),
      private: bytes(3),
    },
    response: {
      new_state: message(1, DynamicValue),
      diagnostics: list(2, Diagnostic),
      private: bytes(3),
    },
  },
  PlanResourceChange: {
    request: {
      type_name: text(1),
      prior_state: message(2, DynamicValue),
      proposed_new_state: message(3, DynamicValue),
      config: message(4, DynamicValue),
      prior_private: bytes(5),
    },
    response: {
      planned_state: message(1, DynamicValue),
      requires_replace: list(2, AttributePath),
      planned_private: bytes(3),
      diagnostics: list(4, Diagnostic),
    },
  },
  ApplyResourceChange: {
    request: {
      type_name: text(1),
      prior_state: message(2, DynamicValue),
      planned_state: message(3, DynamicValue),
      config: message(4, DynamicValue),
      planned_private: bytes(5),
    },
    response: {
      new_state: message(1, DynamicValue),
      private: bytes(2),
      diagnostics: list(3, Diagnostic),
    },
  },
  ImportResourceState: {
    request: { type_name: text(1), id: text(2) },
    response: { imported_resources: list(1, ImportedResource), diagnostics: list(2, Diagnostic) },
  },
} as const;
