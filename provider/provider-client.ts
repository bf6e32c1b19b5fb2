/** What the configured provider hands to its resources and data sources. */
import type { MachineApi } from "../api/api";
import type { RegistryContext } from "../registry/registry";

/** The client of every call. */
export interface ProviderClient {
  /** The machine API of the configured endpoint. */
  readonly api: MachineApi;
  /** What asking container registries needs. */
  readonly registry: RegistryContext;
  /** Environment variables: resources read them here and nowhere else. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
