/**
 * Manifests and indexes of container images: what platforms they are for. Pure.
 * Source: opencontainers/image-spec (manifest.md, image-index.md), distribution (schema 2).
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Platform } from "../images/references/platform";

/** What registries are asked for. */
export const MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
] as const;

const platform = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().nullish(),
});
const descriptor = z.object({ digest: z.string(), platform: platform.nullish() });
const index = z.object({ manifests: z.array(descriptor) });
const manifest = z.object({ config: z.object({ digest: z.string() }) });

/** A manifest, as far as platforms are concerned. */
export type Manifest =
  | { readonly kind: "index"; readonly platforms: readonly Platform[] }
  /** The platform is in the configuration. */
  | { readonly kind: "image"; readonly config: string };

/** Parses a manifest; undefined when it is none. */
export function parseManifest(body: Buffer): Manifest | undefined {
  const json = parseJson(body);
  const many = index.safeParse(json);
  if (many.success) {
    const platforms = many.data.manifests.flatMap((it) =>
      it.platform ? [platformOf(it.platform)] : [],
    );
    return { kind: "index", platforms };
  }
  const one = manifest.safeParse(json);
  return one.success ? { kind: "image", config: one.data.config.digest } : undefined;
}

/** The platform of an image's configuration; undefined when it is none. */
export function parseConfig(body: Buffer): Platform | undefined {
  const { success, data } = platform.safeParse(parseJson(body));
  return success ? platformOf(data) : undefined;
}

/** The digest of a body: `sha256:…`. */
export function digestOf(body: Buffer): string {
  return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}

/** A platform as people write it: `linux/arm64`, `linux/arm/v7`. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join("/");
}

function platformOf({ os, architecture, variant }: z.output<typeof platform>): Platform {
  return { os, architecture, ...(variant ? { variant } : {}) };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
