/** What the configured provider hands to its resources and data sources. */
import type { MachineApi } from "../api/api";

/** The client of every call. */
export interface ProviderClient {
  /** The machine API of the configured endpoint. */
  readonly api: MachineApi;
  /** Environment variables: resources read them here and nowhere else. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
