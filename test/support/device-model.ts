/** A device as a user writes it, and as the state holds it. */
import { deviceResource } from "../../provider/resources/device/device";
import type { DeviceModel } from "../../provider/resources/device/model";
import type { Partially, Resource } from "../../provider/framework/resource";
import { planAttributes } from "../../provider/framework/plan-rules";
import type { ProviderClient } from "../../provider/provider-client";
import { PROJECT } from "./memory-api";
import { TestWorld } from "./resource-context";

/** A configuration with what is required. */
export const CONFIG = {
  hostname: "n1",
  project_id: PROJECT,
  plan: "c3.large.arm64",
  metro: "DA",
  operating_system: "debian_13",
} as const;

type Given = Partial<Partially<DeviceModel>>;

/** A world with the resource under test in it. */
export class DeviceWorld extends TestWorld<DeviceModel> {
  readonly resource: Resource<ProviderClient, DeviceModel> = deviceResource(this.environment);

  /** The plan of a create: unknown is what only the API decides. */
  planned(given: Given = {}): Partially<DeviceModel> {
    return this.#plan(given, null);
  }

  /** Creates a device as Terraform would. */
  create(given: Given = {}, signal?: AbortSignal): Promise<DeviceModel> {
    return this.resource.create(this.context(signal), this.planned(given), {} as DeviceModel);
  }

  /** Plans and applies a change of an existing device. */
  async update(given: Given, prior: DeviceModel): Promise<DeviceModel> {
    const config = this.#config(given);
    const planned = this.#plan(given, prior);
    const input = { prior, config, planned, changed: changedBetween(planned, prior) };
    const output = await this.resource.modifyPlan?.(input, undefined);
    const plan = output?.planned ?? planned;
    return this.resource.update(this.context(), plan, prior, {} as DeviceModel);
  }

  #config(given: Given): Partially<DeviceModel> {
    const none = Object.fromEntries(Object.keys(this.resource.schema).map((name) => [name, null]));
    return { ...none, ...CONFIG, ...given } as unknown as Partially<DeviceModel>;
  }

  #plan(given: Given, prior: DeviceModel | null): Partially<DeviceModel> {
    const before = prior === null ? null : { ...prior };
    const planned = planAttributes(this.resource.schema, this.#config(given), before);
    return planned as unknown as Partially<DeviceModel>;
  }
}

function changedBetween(planned: Partially<DeviceModel>, prior: DeviceModel): Set<string> {
  const before = new Map<string, unknown>(Object.entries(prior));
  const differing = Object.entries(planned).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
  );
  return new Set(differing.map(([name]) => name));
}
