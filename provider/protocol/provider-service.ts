/**
 * The provider's calls as plain functions of messages, and their way onto gRPC. What is not
 * here (moved state, functions, ephemeral resources, identities) is answered as unimplemented,
 * which Terraform takes for "not offered".
 */
import type { UnaryHandler } from "./grpc-server";
import { decodeMessage } from "./decode-message";
import { encodeMessage } from "./encode-message";
import type { Message, MessageTable } from "./field";
import { DATA_SOURCE_CALLS } from "./messages/data-source-calls";
import { PROVIDER_CALLS } from "./messages/provider-calls";
import { RESOURCE_CALLS } from "./messages/resource-calls";

const CALLS = { ...PROVIDER_CALLS, ...RESOURCE_CALLS, ...DATA_SOURCE_CALLS };
const PREFIX = "/tfplugin6.Provider/";

/** Name of a call. */
export type CallName = keyof typeof CALLS;
/** What a call gets. */
export type Request<N extends CallName> = Message<(typeof CALLS)[N]["request"]>;
/** What a call answers. */
export type Response<N extends CallName> = Message<(typeof CALLS)[N]["response"]>;

/** A provider, as functions. They answer faults as diagnostics; what they throw is a gRPC error. */
export type ProviderService = {
  readonly [N in CallName]: (request: Request<N>) => Response<N> | Promise<Response<N>>;
};

/**
 * Finds the handler of a gRPC path; undefined where there is none.
 * @param service - the provider
 * @param path - such as `/tfplugin6.Provider/ReadResource`
 */
export function findHandler(service: ProviderService, path: string): UnaryHandler | undefined {
  const name = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : "";
  return isCallName(name) ? handlerOf(service, name) : undefined;
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(CALLS, name);
}

function handlerOf(service: ProviderService, name: CallName): UnaryHandler {
  const tables: { readonly request: MessageTable; readonly response: MessageTable } = CALLS[name];
  // The table that belongs to the name makes the request of that name.
  const call = service[name];
  return async (request) =>
    encodeMessage(tables.response, await call(decodeMessage(tables.request, request)));
}
