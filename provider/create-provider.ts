/** Puts the provider together from its resources and data sources, and the world that it is given. */
import type { MachineApi } from "../api/api";
import { createMachineApi } from "../api/client";
import { isApiFault } from "../api/fault";
import type { CallOptions } from "../core/bounded";
import type { Environment } from "../core/folders";
import { dockerLogins } from "../registry/docker-logins";
import { containerImageDataSource } from "./data-sources/container-image";
import { deviceDataSource } from "./data-sources/device";
import { metrosDataSource } from "./data-sources/metros";
import { operatingSystemsDataSource } from "./data-sources/operating-systems";
import { plansDataSource } from "./data-sources/plans";
import { projectDataSource } from "./data-sources/project";
import { sshKeyDataSource } from "./data-sources/ssh-key";
import type { AnyDataSource, AnyResource, Provider } from "./framework/resource";
import type { ProviderClient } from "./provider-client";
import { PROVIDER_SCHEMA, resolveSettings, validateProvider } from "./provider-config";
import { claimResource } from "./resources/claim";
import { deviceResource } from "./resources/device/device";
import type { ResourceEnvironment } from "./resources/environment";
import { projectResource } from "./resources/project";
import { sshKeyResource } from "./resources/ssh-key";

/** What the provider is given. */
export interface ProviderWorld extends ResourceEnvironment {
  /** Environment variables. */
  readonly environment: Environment;
  /** This package's version, for the user agent. */
  readonly version: string;
  /** Resources that are made elsewhere. */
  readonly resources?: readonly AnyResource<ProviderClient>[];
}

/** Makes the provider. */
export function createProvider(world: ProviderWorld): Provider<ProviderClient> {
  const { environment, version } = world;
  return {
    schema: PROVIDER_SCHEMA,
    validate: validateProvider,
    async configure(config, { terraformVersion, signal }) {
      const settings = await resolveSettings(config, environment);
      const userAgent = `armstead/${version} terraform/${terraformVersion}`;
      const api = createMachineApi({ ...settings, userAgent, sleep: world.sleep });
      await probe(api, { signal });
      const { sleep } = world;
      const registry = { sleep, random: Math.random, login: dockerLogins(environment) };
      return { api, environment, registry };
    },
    resources: [
      projectResource(world),
      sshKeyResource(world),
      claimResource(world),
      deviceResource(world),
      ...(world.resources ?? []),
    ] as AnyResource<ProviderClient>[],
    dataSources: [
      projectDataSource,
      deviceDataSource,
      sshKeyDataSource,
      plansDataSource,
      operatingSystemsDataSource,
      metrosDataSource,
      containerImageDataSource,
    ] as AnyDataSource<ProviderClient>[],
  };
}

/** A bad token fails here, once and clearly, rather than in each resource. */
async function probe(api: MachineApi, options: CallOptions): Promise<void> {
  try {
    await api.getCurrentUser(options);
  } catch (error) {
    // A project's token belongs to no user: that it was recognized is all that was asked.
    if (!isApiFault(error, "AS2102")) throw error;
  }
}
