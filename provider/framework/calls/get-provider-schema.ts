/** GetProviderSchema and GetMetadata: what the provider offers. */
import type { Response } from "../../protocol/provider-service";
import { withTimeouts } from "../full-schema";
import { schemaMessage } from "../schema-message";
import type { Session } from "../session";

// Terraform then asks once a command for the schema, not once a process.
const CAPABILITIES = { get_provider_schema_optional: true };

/** All schemas. */
export function getProviderSchema<C>({ provider }: Session<C>): Response<"GetProviderSchema"> {
  const resources = provider.resources.map((it) => {
    const schema = withTimeouts(it.schema, it.timeLimits);
    return [it.type, schemaMessage(schema, { version: it.version, doc: it.doc })] as const;
  });
  const dataSources = provider.dataSources.map(
    ({ type, schema, doc }) => [type, schemaMessage(schema, { doc })] as const,
  );
  return {
    provider: schemaMessage(provider.schema),
    resource_schemas: Object.fromEntries(resources),
    data_source_schemas: Object.fromEntries(dataSources),
    server_capabilities: CAPABILITIES,
  };
}

/** The names alone. */
export function getMetadata<C>({ provider }: Session<C>): Response<"GetMetadata"> {
  return {
    resources: provider.resources.map(({ type }) => ({ name: type })),
    data_sources: provider.dataSources.map(({ type }) => ({ name: type })),
    server_capabilities: CAPABILITIES,
  };
}
