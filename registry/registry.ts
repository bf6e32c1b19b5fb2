/**
 * Asks container registries about images: what platforms they are for, and which place has them. The
 * public file of the room. Nothing is ever written, and a login goes only to the host that it is of.
 */
import type { CallOptions, Sleep } from "../core/bounded";
import { OuterFault } from "../core/faults";
import { backoffMs } from "../core/retry";
import type { Platform } from "../images/references/platform";
import { formatReference, type Reference } from "../images/references/reference";
import { basic, parseChallenge, tokenUrl } from "./challenge";
import { digestOf, MANIFEST_TYPES, parseConfig, parseManifest } from "./manifest";
import {
  describePlace,
  type ImagePlace,
  placesOf,
  type RegistryLogin,
  type RegistryMirror,
} from "./place";
import { get, type GetAnswer } from "./request";

export { formatPlatform } from "./manifest";
export { loginIn } from "./docker-config";
export type { RegistryLogin, RegistryMirror } from "./place";

/** What is known of an image once a registry was asked. */
export interface ImageFacts {
  /** `sha256:…` of its index or manifest. */
  readonly digest: string;
  /** Media type, as the registry names it. */
  readonly mediaType: string;
  readonly platforms: readonly Platform[];
  /** Place that answered: `http://mirror.example/coreos/etcd:v3`. */
  readonly from: string;
}

/** What asking needs. */
export interface RegistryContext {
  readonly sleep: Sleep;
  /** Gives 0 to 1. */
  readonly random: () => number;
  /** The login of a host, for places that bring none. */
  login(host: string): RegistryLogin | undefined;
}

/** Where to ask. */
export interface ImageQuery {
  readonly image: Reference;
  /** Mirrors of its registry, asked first and in this order. */
  readonly mirrors: readonly RegistryMirror[];
  /** Whether the registry itself is left out. */
  readonly only: boolean;
}

const RETRIES = 2;
const USER_AGENT = "armstead";

/**
 * Finds an image at the first place that has it.
 * @param context - waiting, randomness, logins
 * @param query - image and mirrors
 * @param options - a signal that cancels
 * @throws {@link OuterFault} AS2701 when no place has it, else AS2702, AS2703, AS2704 of the last one that could not say
 */
export async function findImage(
  context: RegistryContext,
  query: ImageQuery,
  options: CallOptions = {},
): Promise<ImageFacts> {
  const { image, mirrors, only } = query;
  const tried: string[] = [];
  let unsure: OuterFault | undefined;
  for (const place of placesOf(image, mirrors, only)) {
    const name = describePlace(place);
    try {
      const found = await askPlace(context, place, options);
      if (found) return { ...found, from: name };
      tried.push(`${name}: not there`);
    } catch (error) {
      if (!(error instanceof OuterFault)) throw error;
      tried.push(`${name}: ${error.message.replace(/^AS\d+ {2}/, "")}`);
      unsure = error;
    }
  }
  const problem = `${formatReference(image)} cannot be found`;
  throw new OuterFault(unsure?.code ?? "AS2701", { problem, tried }, { cause: unsure });
}

type Found = Omit<ImageFacts, "from">;

async function askPlace(
  context: RegistryContext,
  place: ImagePlace,
  options: CallOptions,
): Promise<Found | undefined> {
  const session = new Session(context, place, options);
  const answer = await session.get(`manifests/${place.tag}`, MANIFEST_TYPES.join(", "));
  if (answer === undefined) return undefined;
  const { body, headers } = answer;
  const digest = digestOf(body);
  if (place.tag.startsWith("sha256:") && place.tag !== digest) {
    throw senseless(`the answer has another digest: ${digest}`);
  }
  const manifest = parseManifest(body);
  if (!manifest) throw senseless("neither an index nor a manifest");
  const mediaType = headers["content-type"]?.split(";")[0] ?? "";
  if (manifest.kind === "index") return { digest, mediaType, platforms: manifest.platforms };
  const config = await session.get(`blobs/${manifest.config}`, "*/*");
  const platform = config && parseConfig(config.body);
  if (!platform) throw senseless("the image has no configuration that can be read");
  return { digest, mediaType, platforms: [platform] };
}

/** Calls of one place; a token that was given once is used again. */
class Session {
  #authorization: string | undefined;

  constructor(
    private readonly context: RegistryContext,
    private readonly place: ImagePlace,
    private readonly options: CallOptions,
  ) {}

  /** The answer; undefined when the place does not have it. */
  async get(path: string, accept: string): Promise<GetAnswer | undefined> {
    const { origin, repository } = this.place;
    const url = new URL(`${origin}/v2/${repository}/${path}`);
    let answer = await this.#send(url, accept, this.#authorization);
    if (answer.status === 401 && this.#authorization === undefined) {
      this.#authorization = await this.#authorize(answer);
      answer = await this.#send(url, accept, this.#authorization);
    }
    const { status } = answer;
    if (status === 404) return undefined;
    if (status === 401 || status === 403) throw refused(status);
    if (status !== 200) throw new OuterFault("AS2702", { problem: `the server says ${status}` });
    return answer;
  }

  async #authorize(answer: GetAnswer): Promise<string> {
    const { host, repository, login = this.context.login(host) } = this.place;
    const challenge = parseChallenge(answer.headers["www-authenticate"]);
    const credentials = login && basic(login.username, login.password);
    if (!challenge) throw refused(401);
    if (challenge.scheme === "basic") {
      if (credentials === undefined) throw refused(401);
      return credentials;
    }
    const url = tokenUrl(challenge, repository);
    // A login must not travel in the open because a server on the way says so.
    const isSafe = url.protocol === "https:" || this.place.origin.startsWith("http:");
    const token = await this.#send(url, "application/json", isSafe ? credentials : undefined);
    const value = token.status === 200 ? tokenIn(token.body) : undefined;
    if (value === undefined) throw refused(token.status);
    return `Bearer ${value}`;
  }

  async #send(url: URL, accept: string, authorization: string | undefined): Promise<GetAnswer> {
    const { ca, insecure } = this.place;
    const headers = {
      accept,
      "user-agent": USER_AGENT,
      ...(authorization === undefined ? {} : { authorization }),
    };
    const { signal } = this.options;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= RETRIES;
      try {
        const answer = await get({ url, headers, ca, insecure, signal });
        if (last || (answer.status < 500 && answer.status !== 429)) return answer;
      } catch (error) {
        signal?.throwIfAborted();
        const problem = error instanceof Error ? error.message : String(error);
        if (last) throw new OuterFault("AS2702", { problem }, { cause: error });
      }
      await this.context.sleep(backoffMs(attempt, this.context.random), { signal });
    }
  }
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const it = JSON.parse(body.toString("utf8")) as { token?: unknown; access_token?: unknown };
    const token = it.token ?? it.access_token;
    return typeof token === "string" ? token : undefined;
  } catch {
    return undefined;
  }
}

function refused(status: number): OuterFault {
  return new OuterFault("AS2703", { problem: `the registry refuses the login (${status})` });
}

function senseless(problem: string): OuterFault {
  return new OuterFault("AS2704", { problem });
}
