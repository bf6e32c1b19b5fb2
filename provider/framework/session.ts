/**
 * One provider process: what is served, the client once it is configured, and the stop signal.
 * Every call gets it as its first argument. Terraform starts a process for each step of a
 * command, so nothing here outlives a step.
 */
import { Bug, fault, UserFault } from "../../core/faults";
import type { CtyObject } from "../protocol/cty-type";
import { objectType, withTimeouts } from "./full-schema";
import { decodePrivate } from "./private-data";
import { Report, type DebugLog } from "./report";
import type { AnyDataSource, AnyResource, Context, Provider, Schema } from "./resource";
import { withDeadline } from "./time-limit";

/** A resource with the schema that Terraform sees. */
export interface ResourceEntry<C> {
  readonly resource: AnyResource<C>;
  readonly schema: Schema;
  readonly type: CtyObject;
}

/** A data source with its type. */
export interface DataSourceEntry<C> {
  readonly dataSource: AnyDataSource<C>;
  readonly type: CtyObject;
}

/** What {@link Session.work} is told. */
export interface WorkOptions {
  readonly milliseconds: number;
  readonly what: string;
  readonly report: Report;
  /** Private data of the object, as Terraform gave it. */
  readonly private?: Uint8Array | undefined;
}

/** See the module's header. */
export class Session<C> {
  readonly provider: Provider<C>;
  readonly #debug: DebugLog;
  #client: { readonly client: C } | undefined;
  #secrets: readonly string[] = [];
  #stop = new AbortController();

  /**
   * @param provider - what is served
   * @param debug - where stack traces go
   */
  constructor(provider: Provider<C>, debug: DebugLog) {
    this.provider = provider;
    this.#debug = debug;
  }

  /** @throws Bug when there is no such type: Terraform asks for those of the schema only */
  resource(type: string | undefined): ResourceEntry<C> {
    const resource = this.provider.resources.find((it) => it.type === type);
    if (!resource) throw new Bug(`no resource type ${type ?? "(none)"}`);
    const schema = withTimeouts(resource.schema, resource.timeLimits);
    return { resource, schema, type: objectType(schema) };
  }

  /** @throws Bug when there is no such type: Terraform asks for those of the schema only */
  dataSource(type: string | undefined): DataSourceEntry<C> {
    const dataSource = this.provider.dataSources.find((it) => it.type === type);
    if (!dataSource) throw new Bug(`no data source type ${type ?? "(none)"}`);
    return { dataSource, type: objectType(dataSource.schema) };
  }

  /** An empty report on values of a schema. */
  report(schema: Schema): Report {
    return new Report(schema, this.#debug, this.#secrets);
  }

  /** A new configuration begins: no client, and an earlier stop is over. */
  reset(secrets: readonly string[]): void {
    this.#client = undefined;
    this.#secrets = secrets;
    if (this.#stop.signal.aborted) this.#stop = new AbortController();
  }

  /** Sets what every call gets from now on. */
  useClient(client: C): void {
    this.#client = { client };
  }

  /** The client; undefined while the provider's arguments are unknown. */
  get client(): { readonly client: C } | undefined {
    return this.#client;
  }

  /** Aborts when Terraform asks to stop. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborts all work; every open call still answers with what exists. */
  stop(reason: Error = new UserFault([fault("AS1802", "")])): void {
    this.#stop.abort(reason);
  }

  /** Tells the debug log about something that no call can tell. */
  debug(line: string): void {
    this.#debug(line);
  }

  /**
   * Works with the client and under a deadline.
   * @throws UserFault AS1810 without a client, OuterFault AS2002 after the deadline
   */
  async work<T>(options: WorkOptions, work: (context: Context<C>) => Promise<T>): Promise<T> {
    const configured = this.#client;
    if (!configured) throw new UserFault([fault("AS1810", "")]);
    const { client } = configured;
    const stored = decodePrivate(options.private);
    const warn: Context<C>["warn"] = (it) => {
      options.report.warn(it);
    };
    return withDeadline({ ...options, stop: this.#stop.signal }, (signal) =>
      work({ client, signal, warn, stored }),
    );
  }
}
