/** Defaults that depend on other values. Pure. */
import { LAB_ENDPOINT, LAB_SSH_PORT } from "../core/lab-defaults";
import type { Catalogue, ImageOffer } from "./catalogue";
import type { ClusterSpec, ImageSpec, RegistriesSpec } from "./config";
import type { ParsedCluster } from "./schema";

/** Fills in what the schema could not. */
export function settle(parsed: ParsedCluster, catalogue: Catalogue): ClusterSpec {
  const { metal } = parsed.substrate;
  const inLab = metal.endpoint === LAB_ENDPOINT;
  const image = settleImage(parsed.image ?? { family: catalogue.images[0].family }, catalogue);
  return {
    ...parsed,
    substrate: {
      metal: {
        ...metal,
        createProject: metal.createProject ?? inLab,
        capacity: metal.capacity ?? [],
      },
    },
    access: { ...parsed.access, port: parsed.access.port ?? (inLab ? LAB_SSH_PORT : 22) },
    image,
    registries: settleRegistries(parsed.registries),
    pools: parsed.pools.map(({ image: own, ...pool }) => ({
      ...pool,
      ...(own ? { image: settleImage(own, catalogue) } : {}),
    })),
  };
}

function settleRegistries({ rewrites, ...rest }: ParsedCluster["registries"]): RegistriesSpec {
  if (rewrites === undefined) return rest;
  return {
    ...rest,
    rewrites: typeof rewrites === "string" ? { base: rewrites, images: [] } : rewrites,
  };
}

function settleImage(
  { release, ...rest }: Omit<ImageSpec, "release"> & { release?: string | undefined },
  { images }: Catalogue,
): ImageSpec {
  const offer: ImageOffer = images.find((it) => it.family === rest.family) ?? images[0];
  return { ...rest, release: release ?? [...offer.releases.keys()][0] ?? "" };
}
