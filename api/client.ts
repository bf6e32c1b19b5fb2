/**
 * The client of the machine API: HTTP below, our own types above. It keeps no state but the
 * requests under way, and waits only with the sleep it was given.
 */
import { sleep as realSleep, type Sleep } from "../core/bounded";
import type { Secret } from "../core/secret";
import { createProjectCalls, createSshKeyCalls } from "./accounts";
import type { MachineApi } from "./api";
import { createCatalogueCalls } from "./catalogue";
import { createDeviceCalls } from "./devices";
import { createCalls } from "./http/calls";
import { type ApiLog, createTransport } from "./http/transport";

/** Retries of a request that is safe to repeat, unless set otherwise. */
export const DEFAULT_MAX_RETRIES = 5;
/** Requests at once, unless set otherwise. */
export const DEFAULT_MAX_PARALLEL_REQUESTS = 10;

const REQUEST_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 5_000;
const POLL_INTERVAL_ON_LOOPBACK_MS = 500;

/** What the client is made of. */
export interface MachineApiProps {
  /** Base URL, with or without prefix and trailing slash. */
  readonly endpoint: string;
  readonly token: Secret;
  readonly userAgent: string;
  /** @default - the one of Node */
  readonly fetch?: typeof globalThis.fetch;
  /** @default - real time */
  readonly sleep?: Sleep;
  /** Gives 0 to 1, for jitter. @default - Math.random */
  readonly random?: () => number;
  /** Retries of what is safe to repeat, 0 or more. @default 5 */
  readonly maxRetries?: number;
  /** Requests at once, 1 or more. @default 10 */
  readonly maxParallelRequests?: number;
  /** Milliseconds after which one request counts as lost. @default 60000 */
  readonly requestTimeoutMs?: number;
  /** Gets an event a failed attempt. @default - nothing is logged */
  readonly log?: ApiLog;
}

/** Makes the client. Nothing is sent before the first call. */
export function createMachineApi(props: MachineApiProps): MachineApi {
  const transport = createTransport({
    endpoint: props.endpoint,
    token: props.token,
    userAgent: props.userAgent,
    fetch: props.fetch ?? globalThis.fetch,
    sleep: props.sleep ?? realSleep,
    random: props.random ?? Math.random,
    maxRetries: props.maxRetries ?? DEFAULT_MAX_RETRIES,
    maxParallelRequests: props.maxParallelRequests ?? DEFAULT_MAX_PARALLEL_REQUESTS,
    requestTimeoutMs: props.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    log: props.log,
  });
  const calls = createCalls(transport);
  return {
    pollIntervalMs: pollIntervalMs(props.endpoint),
    ...createProjectCalls(calls),
    ...createSshKeyCalls(calls),
    ...createDeviceCalls(calls),
    ...createCatalogueCalls(calls),
  };
}

/** Half a second where nobody else is disturbed; else within the 3 to 10 s that services expect. */
export function pollIntervalMs(endpoint: string): number {
  const { hostname } = new URL(endpoint);
  const isLoopback =
    hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return isLoopback ? POLL_INTERVAL_ON_LOOPBACK_MS : POLL_INTERVAL_MS;
}
