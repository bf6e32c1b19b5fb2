/** A place that may have a container image: a registry, or a mirror of one. Pure. */
import { DEFAULT_REGISTRY, type Reference } from "../images/references/reference";

/** A login. */
export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
}

/** A mirror, as its user describes it. */
export interface RegistryMirror {
  /** http or https; a path is a prefix of the repositories. */
  readonly url: string;
  /** PEM certificates that the server is checked against, beside the system's. */
  readonly ca?: string;
  /** Leaves the certificate unchecked. @default false */
  readonly insecure?: boolean;
  readonly login?: RegistryLogin;
}

/** Where an image is asked for. */
export interface ImagePlace extends Omit<RegistryMirror, "url"> {
  /** `https://registry-1.docker.io`. */
  readonly origin: string;
  /** Host and port, by which logins are known. */
  readonly host: string;
  /** `library/busybox`, prefix included. */
  readonly repository: string;
  /** Tag or digest. */
  readonly tag: string;
}

/** The host that answers for docker.io. */
const DOCKER_HUB_API = "registry-1.docker.io";

/**
 * Where to ask for an image, in order: its mirrors, then its registry.
 * @param image - what is asked for
 * @param mirrors - mirrors of its registry
 * @param only - whether the registry itself is left out
 */
export function placesOf(
  image: Reference,
  mirrors: readonly RegistryMirror[],
  only: boolean,
): ImagePlace[] {
  const tag = image.digest ?? image.tag ?? "latest";
  const mirrored = mirrors.map(({ url, ...rest }): ImagePlace => {
    const { origin, host, pathname } = new URL(url);
    const prefix = pathname.replace(/^\/+|\/+$/g, "");
    const repository = prefix === "" ? image.repository : `${prefix}/${image.repository}`;
    return { ...rest, origin, host, repository, tag };
  });
  return only ? mirrored : [...mirrored, { ...registryOf(image), tag }];
}

function registryOf({ registry, repository }: Reference): Omit<ImagePlace, "tag"> {
  const host = registry === DEFAULT_REGISTRY ? DOCKER_HUB_API : registry;
  // As docker: what runs on this machine needs no certificate.
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/.test(host);
  return { origin: `${isLocal ? "http" : "https"}://${host}`, host: registry, repository };
}

/** The place as people write it: `mirror.example/quay/coreos/etcd:v3`. */
export function describePlace({ origin, repository, tag }: ImagePlace): string {
  const separator = tag.includes(":") ? "@" : ":";
  return `${origin}/${repository}${separator}${tag}`;
}
