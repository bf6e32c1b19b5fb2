/**
 * Which container images go where, so that mirrors hold what a cluster names. Pure. Images are
 * looked for by the names that replace theirs; runtimes that cannot replace names find the replacement by the
 * old name too, except where that name says amd64.
 */
import type { Mirror, MirrorEndpoint, RegistriesSpec } from "../../cluster";
import { hostOf, pathOf } from "../../cluster/mirror-features";
import { tryArm64Name } from "../../images/references/naming-trap";
import { formatReference, type Reference } from "../../images/references/reference";
import { endpointsOf } from "./mirror-of";
import { wantedImages } from "./wanted-images";

/** One `skopeo sync`: images below one folder of a mirror. */
export interface SyncStep {
  readonly endpoint: MirrorEndpoint;
  /** `mirror.example/quay/coreos`: the last part of an image's name is put behind it. */
  readonly destination: string;
  /** Registry → name → tags and digests. */
  readonly images: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** One `skopeo copy`: a replacement that is found by the old name. */
export interface CopyStep {
  readonly endpoint: MirrorEndpoint;
  readonly from: string;
  readonly to: string;
}

/** See the header. */
export interface SyncPlan {
  readonly syncs: readonly SyncStep[];
  readonly copies: readonly CopyStep[];
  /** Images of registries without a mirror. */
  readonly unmirrored: readonly string[];
  /** Places that two images would share. */
  readonly clashes: readonly { readonly place: string; readonly images: readonly string[] }[];
}

interface Placed {
  readonly endpoint: MirrorEndpoint;
  readonly image: Reference;
  /** Without the tag. */
  readonly place: string;
}

/** Plans; the same description gives the same plan, whatever the order of its images. */
export function planSync({
  mirrors,
  rewrites,
  images = [],
}: RegistriesSpec<MirrorEndpoint>): SyncPlan {
  const wanted = wantedImages(images, rewrites);
  const placed = wanted.images.flatMap((image) => placesOf(image, mirrors));
  const copies = wanted.named.flatMap(({ old, image }) => {
    const isSame = formatReference(old) === formatReference(image);
    if (isSame || tryArm64Name(old)) return [];
    return placesOf(old, mirrors).map(({ endpoint, place }) => ({
      endpoint,
      from: formatReference(image),
      to: `${place}:${old.tag ?? "latest"}`,
    }));
  });
  return {
    syncs: stepsOf(placed),
    copies: [...new Map(copies.map((it) => [it.to, it])).values()].sort((a, b) =>
      a.to < b.to ? -1 : 1,
    ),
    unmirrored: wanted.images
      .filter((it) => placesOf(it, mirrors).length === 0)
      .map(formatReference),
    clashes: clashesOf(placed),
  };
}

function placesOf(image: Reference, mirrors: readonly Mirror[]): Placed[] {
  return endpointsOf(image.registry, mirrors).map((endpoint) => {
    const path = [hostOf(endpoint.url), pathOf(endpoint.url), image.repository];
    return { endpoint, image, place: path.filter((it) => it !== "").join("/") };
  });
}

/** skopeo puts the last part of a name behind the destination, so each folder is a step. */
function stepsOf(placed: readonly Placed[]): SyncStep[] {
  const steps = new Map<string, SyncStep & { images: Record<string, Record<string, string[]>> }>();
  for (const { endpoint, image, place } of placed) {
    const destination = place.slice(0, place.lastIndexOf("/"));
    const key = `${new URL(endpoint.url).protocol}//${destination}`;
    const step = steps.get(key) ?? { endpoint, destination, images: {} };
    const names = (step.images[image.registry] ??= {});
    (names[image.repository] ??= []).push(image.digest ?? image.tag ?? "latest");
    steps.set(key, step);
  }
  return [...steps].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
}

function clashesOf(placed: readonly Placed[]): SyncPlan["clashes"] {
  const byPlace = new Map<string, Set<string>>();
  for (const { image, place } of placed) {
    if (image.digest !== undefined) continue;
    const whole = `${place}:${image.tag ?? "latest"}`;
    byPlace.set(whole, (byPlace.get(whole) ?? new Set()).add(formatReference(image)));
  }
  return [...byPlace]
    .filter(([, images]) => images.size > 1)
    .map(([place, images]) => ({ place, images: [...images] }));
}
