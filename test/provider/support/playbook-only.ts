/** A provider of `armstead_playbook` alone, which needs no machine API. */
import type { AnyResource, Provider } from "../../../provider/framework/resource";
import type { ProviderClient } from "../../../provider/provider-client";
import { playbookResource } from "../../../provider/resources/playbook/playbook-resource";
import { NO_REGISTRY } from "../../support/no-registry";
import { serveProvider } from "../../../provider/serve-provider";

const provider: Provider<ProviderClient> = {
  schema: {},
  configure: () =>
    Promise.resolve({ api: {} as never, environment: process.env, registry: NO_REGISTRY }),
  resources: [playbookResource] as readonly AnyResource<ProviderClient>[],
  dataSources: [],
};

serveProvider(provider, process.argv.slice(2));
