/** Calls about the provider itself. Field numbers differ from call to call: they are the protocol's. */
import { list, map, message, text } from "../field";
import { ClientCapabilities, Diagnostic, DynamicValue, Schema, ServerCapabilities } from "./common";

const Named = { name: text(1) };

/** Requests and responses by method name. */
export const PROVIDER_CALLS = {
  GetMetadata: {
    request: {},
    response: {
      server_capabilities: message(1, ServerCapabilities),
      diagnostics: list(2, Diagnostic),
      data_sources: list(3, Named),
      resources: list(4, Named),
    },
  },
  GetProviderSchema: {
    request: {},
    response: {
      provider: message(1, Schema),
      resource_schemas: map(2, Schema),
      data_source_schemas: map(3, Schema),
      diagnostics: list(4, Diagnostic),
      server_capabilities: message(6, ServerCapabilities),
    },
  },
  GetFunctions: {
    request: {},
    response: { functions: map(1, {}), diagnostics: list(2, Diagnostic) },
  },
  ValidateProviderConfig: {
    request: { config: message(1, DynamicValue) },
    response: { diagnostics: list(2, Diagnostic) },
  },
  ConfigureProvider: {
    request: {
      terraform_version: text(1),
      config: message(2, DynamicValue),
      client_capabilities: message(3, ClientCapabilities),
    },
    response: { diagnostics: list(1, Diagnostic) },
  },
  StopProvider: {
    request: {},
    // The capital E is the protocol's. Empty means that all is well.
    response: { Error: text(1) },
  },
} as const;
