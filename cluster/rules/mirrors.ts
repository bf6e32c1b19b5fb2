/** Rules among registry mirrors. Pure. */
import type { ClusterSpec, MirrorEndpointSpec } from "../config";
import { finding, type Finding, type ValuePath } from "../finding";
import { repeated } from "./pools";

/** The one registry that dockerd knows mirrors of. */
export const DOCKER_HUB = "docker.io";

/** Rules of the mirrors. */
export function checkMirrors(cluster: Pick<ClusterSpec, "registries">): Finding[] {
  const { mirrors, runtimes = [] } = cluster.registries;
  const found = mirrors.flatMap(({ registry, endpoints }, index) => {
    const at: ValuePath = ["registries", "mirrors", index];
    const first = endpoints[0];
    const differing = endpoints.findIndex(({ mode }) => mode !== first?.mode);
    const twice = repeated(endpoints.map(({ url }, n) => ({ name: url, n })));
    return [
      ...(differing < 0
        ? []
        : [finding("AS1222", [...at, "endpoints", differing, "mode"], cluster, {})]),
      ...twice.map(({ name, n }) =>
        finding("AS1214", [...at, "endpoints", n, "url"], cluster, {
          problem: "another endpoint of the registry has the URL",
          given: name,
        }),
      ),
      ...(runtimes.includes("dockerd") ? checkDockerd(cluster, at, registry, endpoints) : []),
    ];
  });
  const registries = mirrors.map(({ registry: name }, index) => ({ name, index }));
  const repeats = repeated(registries).map(({ name, index }) =>
    finding("AS1214", ["registries", "mirrors", index, "registry"], cluster, {
      problem: "another entry mirrors the registry",
      given: name,
      hint: "list all its endpoints in one entry",
    }),
  );
  return [...found, ...repeats];
}

function checkDockerd(
  cluster: Pick<ClusterSpec, "registries">,
  at: ValuePath,
  registry: string,
  endpoints: readonly Pick<MirrorEndpointSpec, "url" | "mode">[],
): Finding[] {
  if (registry !== DOCKER_HUB) {
    const problem = `dockerd mirrors ${DOCKER_HUB} only, not`;
    return [finding("AS1223", [...at, "registry"], cluster, { problem, given: registry })];
  }
  return endpoints.flatMap(({ url, mode }, n) => [
    ...(mode === "only"
      ? [
          finding("AS1223", [...at, "endpoints", n, "mode"], cluster, {
            problem: "dockerd always falls back to docker.io: it has no mode",
            given: mode,
          }),
        ]
      : []),
    ...(hasPath(url)
      ? [
          finding("AS1223", [...at, "endpoints", n, "url"], cluster, {
            problem: "dockerd takes a mirror's host only, without a path:",
            given: url,
          }),
        ]
      : []),
  ]);
}

/** Whether a URL has a path beside `/`: dockerd refuses to start with one. */
export function hasPath(url: string): boolean {
  return new URL(url).pathname !== "/";
}
