/**
 * Mirrors for podman and CRI-O: a drop-in of `registries.conf`, version 2 (containers-registries.conf(5)). Places have no
 * scheme, mirrors are asked in order and then the place of the registry itself, and the longest
 * prefix is the only table in use: so a replaced image gets the mirrors of what replaces it.
 */
import type { Mirror, MirrorEndpoint, RegistriesSpec } from "../../cluster";
import { hostOf, isLoose, pathOf } from "../../cluster/mirror-features";
import type { NodeTarget } from "../../cluster/mirror-targets";
import { formatReference, parseReference } from "../../images/references/reference";
import { ARM64_DEFAULTS } from "../../images/references/arm64-defaults";
import { hostCertificates } from "./host-certificates";
import { basicOf } from "./login";
import type { RenderedFile } from "./rendered-file";
import { replacerOf } from "./rewrite-offer";
import { tomlLines, tomlString } from "./toml";

/** The drop-in. */
export const REGISTRIES_CONF = "/etc/containers/registries.conf.d/50-armstead.conf";
const CERTS_D = "/etc/containers/certs.d";
const CRIO_CONF = "/etc/crio/crio.conf.d/50-armstead.conf";
/** Where podman looks for logins of root. */
const PODMAN_AUTH = "/root/.config/containers/auth.json";
const CRIO_AUTH = "/etc/crio/armstead-auth.json";

/** Stands for any name and any tag. */
const ANY = "any-zz";

type Registries = RegistriesSpec<MirrorEndpoint>;

/** Files for podman (of root), or for CRI-O. */
export function renderRegistriesConf(
  { mirrors, rewrites }: Registries,
  target: Extract<NodeTarget, "podman" | "crio">,
): RenderedFile[] {
  const tables = [
    ...mirrors.map((it) => registryTable(it.registry, it.registry, it)),
    ...replacedNames(rewrites)
      // Two tables of one prefix would be one too many; a mirror is what was asked for by name.
      .filter(([from]) => !mirrors.some(({ registry }) => registry === from))
      .map(([from, to]) => replacedTable(from, to, mirrors)),
  ];
  const endpoints = mirrors.flatMap((it) => it.endpoints);
  const conf = { path: REGISTRIES_CONF, content: `${tables.join("\n\n")}\n` };
  return [
    ...(tables.length > 0 ? [conf] : []),
    ...hostCertificates(CERTS_D, endpoints),
    ...loginFiles(endpoints, target),
  ];
}

/** A table: what is asked for below `prefix` is at `place`, and before that in its mirrors. */
function registryTable(
  prefix: string,
  place: string,
  { endpoints }: Pick<Mirror, "endpoints">,
  below = "",
): string {
  const all = [...endpoints];
  // The place is asked last, so with `only` it is the last mirror.
  const last = all[0]?.mode === "only" ? all.pop() : undefined;
  const own = last ? placeLines(last, below) : tomlLines({ location: place });
  const root = [`[[registry]]`, `prefix = ${tomlString(prefix)}`, ...own];
  const tables = all.map((it) =>
    ["  [[registry.mirror]]", ...placeLines(it, below).map((line) => `  ${line}`)].join("\n"),
  );
  return [root.join("\n"), ...tables].join("\n");
}

function placeLines(endpoint: MirrorEndpoint, below: string): string[] {
  const { url } = endpoint;
  const location = [hostOf(url), pathOf(url), below].filter((it) => it !== "").join("/");
  return tomlLines({ location, insecure: isLoose(endpoint) ? true : undefined });
}

/**
 * Names that are replaced whatever their tag. Prefixes with a tag are in the manual, but the image's
 * name is looked up without one: a rule for a single tag would never be found.
 */
function replacedNames(rewrites: Registries["rewrites"]): [from: string, to: string][] {
  if (rewrites === undefined) return [];
  const replace = replacerOf(rewrites);
  const defaults = rewrites.base === "none" ? [] : ARM64_DEFAULTS;
  const pairs = [...defaults, ...rewrites.images].flatMap(({ from }): [string, string][] => {
    const prefix = /^(.*)[:/]\*$/.exec(from)?.[1];
    const rest = from.endsWith("/*") ? `/${ANY}/${ANY}:${ANY}` : `:${ANY}`;
    const parsed = parseReference(`${prefix ?? ""}${rest}`);
    if (prefix === undefined || parsed.kind === "wrong") return [];
    const [old, now] = [parsed.value, replace(parsed.value)].map(formatReference);
    return old?.endsWith(rest) && now?.endsWith(rest)
      ? [[old.slice(0, -rest.length), now.slice(0, -rest.length)]]
      : [];
  });
  return [...new Map(pairs.filter(([from, to]) => from !== to))];
}

function replacedTable(from: string, to: string, mirrors: readonly Mirror[]): string {
  const [host, ...below] = to.split("/");
  const mirror = mirrors.find(({ registry }) => registry === host);
  return registryTable(from, to, mirror ?? { endpoints: [] }, below.join("/"));
}

function loginFiles(
  endpoints: readonly MirrorEndpoint[],
  target: "podman" | "crio",
): RenderedFile[] {
  const auths = endpoints.flatMap(({ url, credentials }): [string, { auth: string }][] => {
    const place = [hostOf(url), pathOf(url)].filter((part) => part !== "").join("/");
    return credentials ? [[place, { auth: basicOf(credentials) }]] : [];
  });
  if (auths.length === 0) return [];
  const content = `${JSON.stringify({ auths: Object.fromEntries(auths) }, undefined, 2)}\n`;
  if (target === "podman") return [{ path: PODMAN_AUTH, content, secret: true }];
  const conf = `[crio.image]\n${tomlLines({ global_auth_file: CRIO_AUTH }).join("\n")}\n`;
  return [
    { path: CRIO_AUTH, content, secret: true },
    { path: CRIO_CONF, content: conf },
  ];
}
