/**
 * Rules of container images: each is a reference, pinned, and not of another architecture. Pure. Tags of
 * LinuxKit's own packages are hashes of what they hold, so that they are as good as a digest.
 */
import { tryArm64Name } from "../../references/naming-trap";
import { formatReference, parseReference } from "../../references/reference";
import { type Found, found, type Parts, type Placed } from "../parts";

/** In front of a folder: linuxkit builds the package there, and takes its hash for the tag. */
const LOCAL_PACKAGE = "@pkg:";
const CONTENT_HASH = /^[0-9a-f]{40}(-(?:arm64|dirty))?$/;

/** All images that the files name. */
export function imagesOf({
  kernels,
  init,
  containers,
  volumes,
}: Parts): (Placed<unknown> & { readonly image: string; readonly key: readonly string[] })[] {
  const keyed = [...kernels, ...containers, ...volumes].flatMap((it) => {
    const { image } = it.value;
    return image === undefined || image === "" ? [] : [{ ...it, image, key: ["image"] }];
  });
  return [...init.map((it) => ({ ...it, image: it.value, key: [] })), ...keyed];
}

/** See the header. */
export function checkReferences(parts: Parts): Found[] {
  return imagesOf(parts).flatMap((it): Found[] => {
    const { image, key } = it;
    if (image.startsWith(LOCAL_PACKAGE)) return [];
    const parsed = parseReference(image);
    if (parsed.kind === "wrong") {
      return [found("AS1752", it, key, { problem: parsed.problem, given: image })];
    }
    const better = tryArm64Name(parsed.value);
    if (better) {
      const hint = `try ${formatReference(better)}`;
      return [
        found("AS1752", it, key, {
          problem: "the name is of another architecture",
          given: image,
          hint,
        }),
      ];
    }
    const { tag, digest } = parsed.value;
    if (digest !== undefined) return [];
    if (tag === "latest") return [found("AS1750", it, key, { given: image })];
    if (tag !== undefined && CONTENT_HASH.test(tag)) return [];
    return [found("AS1751", it, key, { severity: "warning", given: image })];
  });
}
