/** What a description of mirrors asks for, place by place: see MIRROR_FEATURES. Pure. */
import type { MirrorEndpointSpec, MirrorSpec } from "./config";
import type { ValuePath } from "./finding";
import { DOCKER_HUB, type MirrorFeatureName, STARLINGX_REGISTRIES } from "./mirror-targets";

/** A use of a feature. */
export interface UsedFeature {
  readonly feature: MirrorFeatureName;
  readonly registry: string;
  /** From the list of mirrors. */
  readonly at: ValuePath;
  readonly given: unknown;
}

/** As much of an endpoint as features are seen by. */
type Endpoint = Omit<MirrorEndpointSpec, "ca"> & { readonly ca?: unknown };
/** Mirrors, with their files read or not. */
export type Mirrors = readonly MirrorSpec<Endpoint>[];

/** Every use, in the order of the mirrors. */
export function usedFeatures(mirrors: Mirrors): UsedFeature[] {
  const loose = hostsBothWays(mirrors);
  const fallsBack = mirrors.some(({ endpoints }) => endpoints[0]?.mode === "fallback");
  return mirrors.flatMap(({ registry, endpoints }, index) => {
    const ofRegistry = registryFeatures(registry).map((feature) => ({
      feature,
      registry,
      at: [index, "registry"],
      given: registry,
    }));
    const paths = new Set(endpoints.map(({ url }) => pathOf(url)));
    const inner = endpoints.flatMap((endpoint, n) => {
      const use = (feature: MirrorFeatureName, key: keyof Endpoint): UsedFeature[] => [
        { feature, registry, at: [index, "endpoints", n, key], given: shown(endpoint[key]) },
      ];
      return [
        ...(n === 1 ? use("severalEndpoints", "url") : []),
        ...(n === 1 && paths.size > 1 ? use("differingPaths", "url") : []),
        ...(n === 0 && endpoint.mode === "only" && fallsBack
          ? use("onlyBesideFallback", "mode")
          : []),
        ...(loose.has(hostOf(endpoint.url)) && isLoose(endpoint)
          ? use("differingTls", "insecure")
          : []),
        ...endpointFeatures(endpoint).flatMap(([feature, key]) => use(feature, key)),
      ];
    });
    return [...ofRegistry, ...inner];
  });
}

/** The path of an endpoint's URL without slashes at its ends; empty without one. */
export function pathOf(url: string): string {
  return new URL(url).pathname.replace(/^\/+|\/+$/g, "");
}

/** Host of an endpoint's URL, with its port where that is not the scheme's own. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

/** Whether whoever sits between node and mirror could answer in its place. */
export function isLoose({ url, insecure }: Pick<MirrorEndpointSpec, "url" | "insecure">): boolean {
  return insecure || url.startsWith("http:");
}

function registryFeatures(registry: string): MirrorFeatureName[] {
  if (registry === "*") return ["allRegistries"];
  return [
    ...(registry === DOCKER_HUB ? [] : (["otherRegistry"] as const)),
    ...(STARLINGX_REGISTRIES.includes(registry) ? [] : (["unlistedRegistry"] as const)),
  ];
}

function endpointFeatures(it: Endpoint): [MirrorFeatureName, keyof Endpoint][] {
  const https = it.url.startsWith("https:");
  const uses: [boolean, MirrorFeatureName, keyof Endpoint][] = [
    [true, it.mode, "mode"],
    [pathOf(it.url) !== "", "pathPrefix", "url"],
    [!https, "plainHttp", "url"],
    [https && it.insecure, "uncheckedTls", "insecure"],
    [it.ca !== undefined, "certificates", "ca"],
    [it.credentials !== undefined, "credentials", "credentials"],
    [new URL(it.url).hostname.endsWith(".local"), "localName", "url"],
  ];
  return uses.flatMap(([isUsed, feature, key]) => (isUsed ? [[feature, key]] : []));
}

function hostsBothWays(mirrors: Mirrors): Set<string> {
  const endpoints = mirrors.flatMap((it) => it.endpoints);
  const checked = new Set(endpoints.filter((it) => !isLoose(it)).map(({ url }) => hostOf(url)));
  const loose = endpoints.filter(isLoose).map(({ url }) => hostOf(url));
  return new Set(loose.filter((it) => checked.has(it)));
}

function shown(value: unknown): unknown {
  return typeof value === "object" ? undefined : value;
}
