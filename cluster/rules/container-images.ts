/** Rules of names of container images, and of what replaces them. Pure. */
import { type Catalogue, rulesOf } from "../catalogue";
import type { ClusterSpec } from "../config";
import { finding, type Finding } from "../finding";

/** See the header; what a reference looks like is known to the catalogue. */
export function checkContainerImages(cluster: ClusterSpec, catalogue: Catalogue): Finding[] {
  const { rewrites: offer } = catalogue;
  const { rewrites, images = [] } = cluster.registries;
  const wrongRules = (rewrites ? offer.checkRules(rewrites) : []).map(
    ({ index, field, ...parts }) =>
      finding("AS1229", ["registries", "rewrites", "images", index, field], cluster, {
        ...parts,
        given: rewrites?.images[index]?.[field],
      }),
  );
  // Rules that are wrong would make everything else wrong too.
  const table = wrongRules.length > 0 ? undefined : rewrites;
  const wrongImages = images.flatMap((given, n) => {
    const wrong = offer.checkImage(given, table);
    const at = ["registries", "images", n];
    return wrong ? [finding("AS1228", at, cluster, { ...wrong, given })] : [];
  });
  const pulled = rulesOf(cluster.deployment, catalogue)?.containerImages?.(cluster) ?? [];
  const wrongPulled = pulled.flatMap((given) => {
    const wrong = offer.checkImage(given, table);
    const hint = "replace it by a rule in registries.rewrites";
    const parts = { ...wrong, given, hint: wrong?.hint ?? hint };
    return wrong ? [finding("AS1228", ["deployment", "kind"], cluster, parts)] : [];
  });
  return [...wrongRules, ...wrongImages, ...wrongPulled];
}
