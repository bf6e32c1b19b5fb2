/**
 * References to container images: parsed and normalised as Docker and containerd do it. Pure.
 * Source: distribution/reference (reference.go, normalize.go).
 */

/** A reference with nothing left to guess. */
export interface Reference {
  /** `docker.io`, `registry.example:5000`. */
  readonly registry: string;
  /** `library/busybox`, `coreos/etcd`. */
  readonly repository: string;
  /** Undefined where a digest says which image it is. */
  readonly tag?: string;
  /** `sha256:…`; a tag beside it means nothing and is dropped. */
  readonly digest?: string;
}

/** A reference, or why there is none. */
export type Parsed<T> =
  | { readonly kind: "parsed"; readonly value: T }
  | { readonly kind: "wrong"; readonly problem: string };

/** The registry of names without one. */
export const DEFAULT_REGISTRY = "docker.io";
/** Other names of it. */
const DEFAULT_REGISTRY_ALIASES: readonly string[] = ["index.docker.io", "registry-1.docker.io"];
const DEFAULT_TAG = "latest";
const OFFICIAL = "library/";
const MAX_NAME = 255;

const LABEL = /[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?/.source;
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?$`);
const COMPONENT = /[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*/.source;
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const IMAGE_ID = /^[0-9a-f]{64}$/;

/**
 * Parses what people write.
 * @param text - `busybox`, `quay.io/coreos/etcd:v3.5.16`, `registry.example:5000/a@sha256:…`
 */
export function parseReference(text: string): Parsed<Reference> {
  if (IMAGE_ID.test(text)) return wrong("the id of an image, not its name");
  const [beforeDigest = "", ...digests] = text.split("@");
  if (digests.length > 1) return wrong("more than one @");
  const [digest] = digests;
  const colon = beforeDigest.indexOf(":", beforeDigest.lastIndexOf("/") + 1);
  const written = colon < 0 ? beforeDigest : beforeDigest.slice(0, colon);
  const tag = colon < 0 ? undefined : beforeDigest.slice(colon + 1);
  const name = parseName(written);
  if (name.kind === "wrong") return name;
  if (tag !== undefined && !TAG.test(tag)) return wrong(`malformed tag ${JSON.stringify(tag)}`);
  if (digest === undefined) return parsed({ ...name.value, tag: tag ?? DEFAULT_TAG });
  if (!DIGEST.test(digest)) return wrong(`malformed digest ${JSON.stringify(digest)}`);
  return parsed({ ...name.value, digest });
}

/** Parses a name without tag and digest: `busybox` is `library/busybox` at `docker.io`. */
export function parseName(text: string): Parsed<Pick<Reference, "registry" | "repository">> {
  const { registry, rest } = splitRegistry(text);
  const isBare = registry === DEFAULT_REGISTRY && !rest.includes("/");
  const repository = isBare ? `${OFFICIAL}${rest}` : rest;
  if (!REGISTRY.test(registry)) return wrong(`malformed registry ${JSON.stringify(registry)}`);
  if (!REPOSITORY.test(rest)) {
    const lower = rest !== rest.toLowerCase() ? ": only lower-case letters are allowed" : "";
    return wrong(`malformed name ${JSON.stringify(rest)}${lower}`);
  }
  // As upstream: the registry belongs to the name, its default does too.
  if (`${registry}/${repository}`.length > MAX_NAME) return wrong(`longer than ${MAX_NAME}`);
  return parsed({ registry, repository });
}

/** The first part is a registry where it could be no part of a path, as upstream decides it. */
export function splitRegistry(text: string): { readonly registry: string; readonly rest: string } {
  const slash = text.indexOf("/");
  const first = slash < 0 ? "" : text.slice(0, slash);
  const isRegistry = first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase();
  if (!isRegistry) return { registry: DEFAULT_REGISTRY, rest: text };
  const registry = DEFAULT_REGISTRY_ALIASES.includes(first) ? DEFAULT_REGISTRY : first;
  return { registry, rest: text.slice(slash + 1) };
}

/** The whole reference as text; parsing it again gives the same. */
export function formatReference({ registry, repository, tag, digest }: Reference): string {
  const which = digest === undefined ? `:${tag ?? DEFAULT_TAG}` : `@${digest}`;
  return `${registry}/${repository}${which}`;
}

function parsed<T>(value: T): Parsed<T> {
  return { kind: "parsed", value };
}

function wrong(problem: string): Parsed<never> {
  return { kind: "wrong", problem };
}
