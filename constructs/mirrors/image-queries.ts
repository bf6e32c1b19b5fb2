/** Container images of a cluster, and where each is asked for: what proves that they are for ARM64. Pure. */
import type { MirrorEndpoint, RegistriesSpec } from "../../cluster";
import { formatReference, parseReference, type Reference } from "../../images/references/reference";
import { endpointsOf } from "./mirror-of";
import { replacerOf } from "./rewrite-offer";

/** An image, once replacements were made, and its mirrors. */
export interface ImageQuestion {
  readonly image: Reference;
  /** In the order in which nodes ask them. */
  readonly endpoints: readonly MirrorEndpoint[];
  /** Whether the registry itself is never asked. */
  readonly only: boolean;
}

/**
 * Every image once, by name.
 * @param registries - mirrors, replacements, and images of the cluster
 * @param pulled - images that the deployment pulls
 */
export function imageQuestions(
  registries: RegistriesSpec<MirrorEndpoint>,
  pulled: readonly string[],
): ImageQuestion[] {
  const replace = replacerOf(registries.rewrites);
  const images = [...(registries.images ?? []), ...pulled].flatMap((text) => {
    const parsed = parseReference(text);
    return parsed.kind === "parsed" ? [replace(parsed.value)] : [];
  });
  const unique = new Map(images.map((it) => [formatReference(it), it]));
  return [...unique]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, image]) => {
      const endpoints = endpointsOf(image.registry, registries.mirrors);
      return { image, endpoints, only: endpoints[0]?.mode === "only" };
    });
}
