/** Container images of a cluster, and where each is asked for: what proves that they are for ARM64. Pure. */
import type { MirrorEndpoint, RegistriesSpec } from "../../cluster";
import type { Reference } from "../../images/references/reference";
import { endpointsOf } from "./mirror-of";
import { wantedImages } from "./wanted-images";

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
  const { images } = wantedImages([...(registries.images ?? []), ...pulled], registries.rewrites);
  return images.map((image) => {
    const endpoints = endpointsOf(image.registry, registries.mirrors);
    return { image, endpoints, only: endpoints[0]?.mode === "only" };
  });
}
