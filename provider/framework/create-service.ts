/** Puts the calls together: a provider as Terraform's protocol wants it. */
import type { ProviderService } from "../protocol/provider-service";
import { applyResourceChange } from "./calls/apply-resource-change";
import { configureProvider, stopProvider } from "./calls/configure-provider";
import { getMetadata, getProviderSchema } from "./calls/get-provider-schema";
import { importResourceState } from "./calls/import-resource-state";
import { planResourceChange } from "./calls/plan-resource-change";
import { readDataSource } from "./calls/read-data-source";
import { readResource } from "./calls/read-resource";
import { upgradeResourceState } from "./calls/upgrade-resource-state";
import {
  validateDataSourceConfig,
  validateProviderConfig,
  validateResourceConfig,
} from "./calls/validate-config";
import type { Session } from "./session";

/** The service of a session. */
export function createService<C>(session: Session<C>): ProviderService {
  return {
    GetMetadata: () => getMetadata(session),
    GetProviderSchema: () => getProviderSchema(session),
    GetFunctions: () => ({}),
    ValidateProviderConfig: (request) => validateProviderConfig(session, request),
    ConfigureProvider: (request) => configureProvider(session, request),
    StopProvider: () => stopProvider(session),
    ValidateResourceConfig: (request) => validateResourceConfig(session, request),
    UpgradeResourceState: (request) => upgradeResourceState(session, request),
    ReadResource: (request) => readResource(session, request),
    PlanResourceChange: (request) => planResourceChange(session, request),
    ApplyResourceChange: (request) => applyResourceChange(session, request),
    ImportResourceState: (request) => importResourceState(session, request),
    ValidateDataResourceConfig: (request) => validateDataSourceConfig(session, request),
    ReadDataSource: (request) => readDataSource(session, request),
  };
}
