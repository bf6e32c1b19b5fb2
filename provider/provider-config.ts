/**
 * The provider's arguments: schema, checks, and the settings that follow from them and the environment.
 * The endpoint `lab` finds the lab's address and token by itself.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { DEFAULT_MAX_PARALLEL_REQUESTS, DEFAULT_MAX_RETRIES } from "../api/client";
import {
  LAB_CONNECTION_FILE,
  type LabConnection,
  labConnectionSchema,
} from "../api/lab-connection";
import { fault, type Fault, OuterFault, UserFault } from "../core/faults";
import { type Environment, labFolder } from "../core/folders";
import { LAB_ENDPOINT } from "../core/lab-defaults";
import { Secret } from "../core/secret";
import type { Schema } from "./framework/resource";

type Values = Readonly<Record<string, unknown>>;

const DIALECTS = ["packet"] as const;
/** Variables that a token is looked for in; the second is the one of older tools. */
const TOKEN_NAMES = ["ARMSTEAD_AUTH_TOKEN", "METAL_AUTH_TOKEN"] as const;
/** Host names of this very machine, as URLs are normalized. */
const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;
const MOST_RETRIES = 20;
const MOST_PARALLEL_REQUESTS = 100;

/** See the header. */
export const PROVIDER_SCHEMA: Schema = {
  endpoint: {
    type: "string",
    optional: true,
    doc: "`lab`, or the URL of a Packet-style API. Default: `ARMSTEAD_ENDPOINT`.",
  },
  auth_token: {
    type: "string",
    optional: true,
    sensitive: true,
    doc: "API token. Default: `ARMSTEAD_AUTH_TOKEN`, then `METAL_AUTH_TOKEN`, over https or to this machine only; the lab's own for `lab`.",
  },
  dialect: { type: "string", optional: true, doc: "Only `packet` so far, which is the default." },
  max_retries: {
    type: "number",
    optional: true,
    doc: `Repeats of a request that is safe to repeat, 0 to ${MOST_RETRIES}. Default: ${DEFAULT_MAX_RETRIES}.`,
  },
  max_parallel_requests: {
    type: "number",
    optional: true,
    doc: `Requests at once, 1 to ${MOST_PARALLEL_REQUESTS}. Default: ${DEFAULT_MAX_PARALLEL_REQUESTS}.`,
  },
};

/** What the client is made from. */
export interface ProviderSettings {
  readonly endpoint: string;
  readonly token: Secret;
  readonly maxRetries: number;
  readonly maxParallelRequests: number;
}

/** All faults of the arguments; unknown ones pass. */
export function validateProvider(config: Values): Fault[] {
  const { endpoint, dialect } = config;
  return [
    ...(typeof endpoint === "string" && !isEndpoint(endpoint)
      ? [fault("AS1851", "endpoint", { given: withoutLogin(endpoint) })]
      : []),
    ...(typeof dialect === "string" && !DIALECTS.some((it) => it === dialect)
      ? [fault("AS1852", "dialect", { given: dialect, allowed: DIALECTS })]
      : []),
    ...checkNumber(config, "max_retries", 0, MOST_RETRIES),
    ...checkNumber(config, "max_parallel_requests", 1, MOST_PARALLEL_REQUESTS),
  ];
}

/** @throws UserFault AS1801, AS1850, AS1851, AS1870; OuterFault AS2401 when the lab is not running */
export async function resolveSettings(
  config: Values,
  environment: Environment,
): Promise<ProviderSettings> {
  const endpoint = textOf(config.endpoint) ?? textOf(environment.ARMSTEAD_ENDPOINT);
  if (endpoint === undefined) throw new UserFault([fault("AS1850", "endpoint")]);
  if (!isEndpoint(endpoint)) {
    throw new UserFault([fault("AS1851", "endpoint", { given: withoutLogin(endpoint) })]);
  }
  const lab = endpoint === LAB_ENDPOINT ? await readLabConnection(environment) : undefined;
  // A token in the configuration is meant for this provider; one in the environment may be for another service.
  const token =
    textOf(config.auth_token) ?? (lab ? lab.token : environmentToken(endpoint, environment));
  return {
    endpoint: lab?.endpoint ?? endpoint,
    token: new Secret(token),
    maxRetries: numberOf(config.max_retries) ?? DEFAULT_MAX_RETRIES,
    maxParallelRequests: numberOf(config.max_parallel_requests) ?? DEFAULT_MAX_PARALLEL_REQUESTS,
  };
}

/** The token that the environment has for a URL: never for one where anybody on the way could read it. */
function environmentToken(endpoint: string, environment: Environment): string {
  const name = TOKEN_NAMES.find((it) => textOf(environment[it]) !== undefined);
  const token = name && textOf(environment[name]);
  if (token === undefined) throw new UserFault([fault("AS1801", "auth_token")]);
  if (isPrivateWay(endpoint)) return token;
  const problem = `${name ?? ""} would be sent in the clear to`;
  throw new UserFault([fault("AS1870", "endpoint", { problem, given: endpoint })]);
}

function isPrivateWay(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "https:" || LOOPBACK.test(hostname);
}

async function readLabConnection(environment: Environment): Promise<LabConnection> {
  const file = path.join(labFolder(environment), LAB_CONNECTION_FILE);
  try {
    return labConnectionSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const problem = `the lab is not running: ${file} is missing or cannot be read`;
    throw new OuterFault("AS2401", { problem }, { cause });
  }
}

function isEndpoint(text: string): boolean {
  if (text === LAB_ENDPOINT) return true;
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  const bare = [username, password, search, hash].every((it) => it === "");
  return bare && (protocol === "http:" || protocol === "https:");
}

/** A URL may hold a password where it should not; it is not shown. */
function withoutLogin(endpoint: string): string {
  return endpoint.replace(/\/\/[^/@]*@/, "//(secret)@");
}

function checkNumber(config: Values, name: string, least: number, most: number): Fault[] {
  const value = numberOf(config[name]);
  if (value === undefined) return [];
  const fits = Number.isInteger(value) && least <= value && value <= most;
  return fits ? [] : [fault("AS1853", name, { given: value, allowed: `${least} to ${most}` })];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
