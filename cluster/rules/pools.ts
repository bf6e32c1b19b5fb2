/** Rules among pools: sizes, names, device plans, kernels and images. Pure. */
import { LAB_ENDPOINT } from "../../core/lab-defaults";
import { KERNEL_VARIANTS, type NodeRoleName } from "../../core/names";
import type { Catalogue, Installer } from "../catalogue";
import type { ClusterSpec, PoolSpec } from "../config";
import { finding, type Finding, type ValuePath } from "../finding";
import { nodeNames } from "../pool-nodes";
import { rolesOf } from "../schema";

/** Names of groups that every inventory has. */
const RESERVED = ["all", "ungrouped", "localhost"];
/** The longest name of a host. */
const MAX_LABEL = 63;

/** What rules of pools look at. */
export type PoolsOfCluster = Pick<ClusterSpec, "substrate" | "image" | "kernel" | "pools">;

/** Rules of the pools. */
export function checkPools(cluster: PoolsOfCluster, catalogue: Catalogue): Finding[] {
  return [
    ...cluster.pools.flatMap((pool, index) => [
      ...checkSize(cluster, pool, index),
      ...checkGroupName(cluster, pool, index, rolesOf(catalogue)),
      ...checkDevicePlan(cluster, pool, index),
      ...checkKernel(cluster, pool, index, catalogue),
    ]),
    ...checkImages(cluster, catalogue),
    ...checkNames(cluster),
  ];
}

function checkSize(
  cluster: PoolsOfCluster,
  { name, count, names }: PoolSpec,
  index: number,
): Finding[] {
  const at = ["pools", index];
  if (count !== undefined && names !== undefined) {
    return [
      finding("AS1215", [...at, "names"], cluster, { problem: "both count and names are given" }),
    ];
  }
  if (count === undefined && names === undefined) {
    return [
      finding("AS1215", [...at, "name"], cluster, { problem: "neither count nor names is given" }),
    ];
  }
  const longest = `${name}-${(count ?? 1) - 1}`;
  if (names !== undefined || longest.length <= MAX_LABEL) return [];
  const problem = `node names such as ${longest} are longer than ${MAX_LABEL} characters`;
  return [finding("AS1208", [...at, "name"], cluster, { problem })];
}

function checkGroupName(
  cluster: PoolsOfCluster,
  { name, role }: PoolSpec,
  index: number,
  roles: readonly NodeRoleName[],
): Finding[] {
  const taken = [...RESERVED, ...roles.filter((it) => it !== role)];
  if (!taken.includes(name)) return [];
  return [finding("AS1224", ["pools", index, "name"], cluster, { given: name })];
}

function checkDevicePlan(
  cluster: PoolsOfCluster,
  { devicePlan }: PoolSpec,
  index: number,
): Finding[] {
  if (devicePlan !== undefined || cluster.substrate.metal.capacity.length > 0) return [];
  return [
    finding("AS1221", ["pools", index, "name"], cluster, {
      hint: "set devicePlan here, or substrate.metal.capacity",
    }),
  ];
}

function checkKernel(
  cluster: PoolsOfCluster,
  pool: PoolSpec,
  index: number,
  { images }: Catalogue,
): Finding[] {
  const image = pool.image ?? cluster.image;
  const kernels = images.find(({ family }) => family === image.family)?.releases.get(image.release);
  const kernel = pool.kernel ?? cluster.kernel;
  if (kernels === undefined) return [];
  const installer = kernels.get(kernel);
  if (installer !== undefined) return checkBoot(cluster, pool, index, installer);
  const at = pool.kernel === undefined ? ["kernel"] : ["pools", index, "kernel"];
  return [
    finding("AS1220", at, cluster, {
      problem: `image ${image.family} ${image.release} has no kernel`,
      given: kernel,
      allowed: KERNEL_VARIANTS.filter((it) => kernels.has(it)),
    }),
  ];
}

/** Something has to bring the image to the machine. */
function checkBoot(
  cluster: PoolsOfCluster,
  pool: PoolSpec,
  index: number,
  installer: Installer,
): Finding[] {
  const image = pool.image ?? cluster.image;
  const inLab = cluster.substrate.metal.endpoint === LAB_ENDPOINT;
  const isInstalled = installer === "api" || installer === (inLab ? "lab" : "metal");
  if (image.ipxe !== undefined || isInstalled) return [];
  const at = pool.image === undefined ? ["image", "family"] : ["pools", index, "image", "family"];
  return [
    finding("AS1233", at, cluster, {
      given: image.family,
      hint:
        installer === "metal"
          ? "the lab does not have it"
          : "set image.ipxe to the URL of a script that boots it",
    }),
  ];
}

function checkImages(cluster: PoolsOfCluster, { images }: Catalogue): Finding[] {
  const uses: { at: ValuePath; image: ClusterSpec["image"] | undefined }[] = [
    { at: ["image", "release"], image: cluster.image },
    ...cluster.pools.map(({ image }, index) => ({
      at: ["pools", index, "image", "release"],
      image,
    })),
  ];
  return uses.flatMap(({ at, image }) => {
    const offer = images.find(({ family }) => family === image?.family);
    if (!image || !offer || offer.releases.has(image.release)) return [];
    const problem = `image ${image.family} has no release`;
    return [
      finding("AS1219", at, cluster, {
        problem,
        given: image.release,
        allowed: [...offer.releases.keys()],
      }),
    ];
  });
}

function checkNames(cluster: PoolsOfCluster): Finding[] {
  const pools = cluster.pools.map(({ name }, index) => ({ name, at: ["pools", index, "name"] }));
  const nodes = cluster.pools.flatMap((pool, index) =>
    nodeNames(pool).map((name, n) => ({
      name,
      at: ["pools", index, ...(pool.names ? ["names", n] : ["name"])],
      pool: pool.name,
    })),
  );
  const twice = new Set(repeated(pools).map(({ name }) => name));
  return [
    ...repeated(pools).map(({ name, at }) =>
      finding("AS1214", at, cluster, { problem: "another pool has the name", given: name }),
    ),
    // Equal pools have equal nodes: said once is enough.
    ...repeated(nodes)
      .filter(({ pool }) => !twice.has(pool))
      .map(({ name, at }) =>
        finding("AS1214", at, cluster, { problem: "another node has the name", given: name }),
      ),
  ];
}

/** The second and later ones of every name. */
export function repeated<T extends { readonly name: string }>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter(({ name }) => seen.size === seen.add(name).size);
}
