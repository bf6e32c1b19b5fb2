/** Calls of a provider as Terraform makes them, with plain values instead of bytes. */
import { createService } from "../../../provider/framework/create-service";
import { objectType, withTimeouts } from "../../../provider/framework/full-schema";
import type { AnyResource, Provider, Resource } from "../../../provider/framework/resource";
import { Session } from "../../../provider/framework/session";
import { decodeValue } from "../../../provider/protocol/decode-value";
import { encodeValue } from "../../../provider/protocol/encode-value";
import type { DynamicValue } from "../../../provider/protocol/messages/common";
import type { ProviderService } from "../../../provider/protocol/provider-service";

/** An object's attributes. */
export type Values = Readonly<Record<string, unknown>>;

/** A provider of one resource, and its calls. */
export class Harness<C> {
  readonly session: Session<C>;
  readonly service: ProviderService;
  readonly log: string[] = [];
  /** What Terraform keeps beside the object; an apply may replace it. */
  private: Uint8Array = Buffer.from("private");
  readonly #type: ReturnType<typeof objectType>;
  readonly #name: string;

  private constructor(provider: Provider<C>, resource: AnyResource<C>) {
    this.session = new Session(provider, (line) => this.log.push(line));
    this.service = createService(this.session);
    this.#type = objectType(withTimeouts(resource.schema, resource.timeLimits));
    this.#name = resource.type;
  }

  /** A configured provider of one resource. */
  static async of<C, M>(resource: Resource<C, M>, client: C): Promise<Harness<C>> {
    const any: AnyResource<C> = resource as never;
    const provider: Provider<C> = {
      schema: {},
      configure: () => Promise.resolve(client),
      resources: [any],
      dataSources: [],
    };
    const harness = new Harness(provider, any);
    await harness.service.ConfigureProvider({});
    return harness;
  }

  encode(values: Values | null): DynamicValue {
    return encodeValue(values, this.#type);
  }

  decode(value: DynamicValue | undefined): Values | null {
    return decodeValue(value, this.#type) as Values | null;
  }

  async validate(config: Values) {
    return this.service.ValidateResourceConfig({
      type_name: this.#name,
      config: this.encode(config),
      client_capabilities: { write_only_attributes_allowed: true },
    });
  }

  async plan(prior: Values | null, config: Values | null) {
    const answer = await this.service.PlanResourceChange({
      type_name: this.#name,
      prior_state: this.encode(prior),
      proposed_new_state: this.encode(config),
      config: this.encode(config),
      prior_private: this.private,
    });
    return { ...answer, planned: this.decode(answer.planned_state) };
  }

  async apply(prior: Values | null, planned: Values | null, config: Values | null = planned) {
    const answer = await this.service.ApplyResourceChange({
      type_name: this.#name,
      prior_state: this.encode(prior),
      planned_state: this.encode(planned),
      config: this.encode(config),
      planned_private: this.private,
    });
    this.private = answer.private ?? Buffer.alloc(0);
    return { ...answer, state: this.decode(answer.new_state) };
  }

  async read(state: Values) {
    const answer = await this.service.ReadResource({
      type_name: this.#name,
      current_state: this.encode(state),
      private: this.private,
    });
    return { ...answer, state: this.decode(answer.new_state) };
  }

  async import(id: string) {
    const answer = await this.service.ImportResourceState({ type_name: this.#name, id });
    const [found] = answer.imported_resources ?? [];
    return { ...answer, state: found && this.decode(found.state) };
  }

  /** Plans and applies, as Terraform does without being asked in between. */
  async change(prior: Values | null, config: Values) {
    const { planned, diagnostics } = await this.plan(prior, config);
    if (!planned) throw new Error(JSON.stringify(diagnostics));
    return this.apply(prior, planned, config);
  }
}
