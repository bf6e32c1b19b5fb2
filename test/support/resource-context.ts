/** What the framework hands to a resource, for tests: kept models and warnings are remembered. */
import { NO_REGISTRY } from "./no-registry";
import type { Fault } from "../../core/faults";
import type { WriteContext } from "../../provider/framework/resource";
import type { ProviderClient } from "../../provider/provider-client";
import type { ResourceEnvironment, SshAddress } from "../../provider/resources/environment";
import { idOf, MemoryApi } from "./memory-api";

/** Host key that every machine of the tests shows, unless a test says otherwise. */
export const HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHostKeyOfTheTests";

/** A world of its own for one test. */
export class TestWorld<M> {
  readonly api = new MemoryApi();
  readonly kept: M[] = [];
  readonly warnings: Fault[] = [];
  readonly waits: number[] = [];
  readonly scans: SshAddress[] = [];
  /** Addresses of the bastions of {@link scans}. */
  readonly ways: (string | undefined)[] = [];
  readonly stop = new AbortController();
  /** Throws, or gives the key shown. */
  showKey: (at: SshAddress) => string = () => HOST_KEY;
  /** Runs in each wait. */
  onWait: (waits: number) => void = () => undefined;
  #ids = 0;

  readonly environment: ResourceEnvironment = {
    sleep: async (milliseconds, { signal } = {}) => {
      this.waits.push(milliseconds);
      this.onWait(this.waits.length);
      await Promise.resolve();
      signal?.throwIfAborted();
    },
    newId: () => {
      this.#ids += 1;
      return idOf(900 + this.#ids);
    },
    scanHostKey: async (at, { through }) => {
      this.scans.push(at);
      this.ways.push(through?.jump.address);
      await Promise.resolve();
      return this.showKey(at);
    },
  };

  /** A new one each time: deadlines of one call do not reach the next. */
  context(signal: AbortSignal = this.stop.signal): WriteContext<ProviderClient, M> {
    return {
      client: { api: this.api, environment: {}, registry: NO_REGISTRY },
      signal,
      warn: (it) => this.warnings.push(it),
      keep: (it) => this.kept.push(it),
      stored: undefined,
      store: () => undefined,
    };
  }
}
