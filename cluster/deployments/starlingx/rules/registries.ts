/** Registries that the bootstrap replaces, images that it pulls besides, proxies, and secrets by name. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding } from "../../../finding";
import { STARLINGX_REGISTRIES } from "../../../mirror-targets";
import { tryParseAddress } from "../../../ip/address";
import type { Site } from "../site";
import { findingAt, type SiteRule } from "./site-finding";

const SOURCE = "roles/common/validate-registries of the bootstrap";
/** What holds for registries that are not named; the mirrors call it `*`. */
export const DEFAULTS_KEY = "defaults";
/** Keys of docker_registries. */
export const REGISTRY_KEYS = STARLINGX_REGISTRIES.map((it) => (it === "*" ? DEFAULTS_KEY : it));
const HOST =
  /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(:\d{1,5})?(\/[a-z0-9][a-z0-9._/-]*)?$/;
const IMAGE =
  /^[a-z0-9.-]+(\.[a-z0-9-]+|:\d{1,5}|localhost)\/[a-z0-9][a-z0-9._/-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})$/;

/** Certificates of mirrors are put where the bootstrap looks for them, in a file of their own. */
export const checkCertificates: SiteRule = (site, cluster) => {
  const own = site.options.overrides?.ssl_ca_cert;
  if (site.subcloud !== undefined || own === undefined) return [];
  const { mirrors } = cluster.registries;
  if (mirrors.every(({ endpoints }) => endpoints.every(({ ca }) => ca === undefined))) return [];
  return [
    findingAt("AS1323", site, ["overrides", "ssl_ca_cert"], cluster, {
      key: true,
      problem: "registries.mirrors has certificates for the variable too:",
      given: own,
    }),
  ];
};

/** Registries of the site's own. */
export const checkRegistries: SiteRule = (site, cluster) => {
  const mirrored = cluster.registries.mirrors.map(({ registry }) =>
    registry === "*" ? DEFAULTS_KEY : registry,
  );
  return Object.entries(site.options.dockerRegistries ?? {}).flatMap(([key, it]) => {
    const at = ["dockerRegistries", key];
    const found: Finding[] = [];
    if (!REGISTRY_KEYS.includes(key)) {
      const problem = `${SOURCE} knows nine registries, none of them called`;
      return [
        findingAt("AS1320", site, at, cluster, {
          key: true,
          problem,
          given: key,
          allowed: REGISTRY_KEYS,
        }),
      ];
    }
    if (mirrored.includes(key)) {
      const problem = "registries.mirrors has the registry too:";
      found.push(findingAt("AS1323", site, at, cluster, { key: true, problem, given: key }));
    }
    const why = it.url === undefined ? undefined : urlFault(it.url);
    if (why !== undefined) {
      const problem = `${why} (${SOURCE}):`;
      found.push(findingAt("AS1321", site, [...at, "url"], cluster, { problem, given: it.url }));
    }
    if ((it.username === undefined) !== (it.password === undefined)) {
      const given = it.username === undefined ? "password" : "username";
      const problem = `username and password go together (${SOURCE}); there is only`;
      found.push(findingAt("AS1322", site, [...at, given], cluster, { problem, given }));
    }
    return found;
  });
};

function urlFault(url: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(url)) return "a registry has no scheme";
  const [host = ""] = url.replace(/:\d+(?=\/|$)/, "").split("/");
  if (/\.local\.?$/i.test(host)) return "names in .local are StarlingX' own";
  return HOST.test(url) ? undefined : "a registry is host[:port][/namespace]";
}

/** Images with registry, repository and tag. */
export const checkAdditionalImages: SiteRule = (site, cluster) =>
  (site.options.additionalImages ?? []).flatMap((given, n) =>
    IMAGE.test(given)
      ? []
      : [
          findingAt("AS1324", site, ["additionalImages", n], cluster, {
            problem:
              "additional_local_registry_images of the bootstrap takes whole references; not one is",
            given,
            allowed: "registry/name:tag",
          }),
        ],
  );

/** Addresses and names, no patterns. */
export const checkProxy: SiteRule = (site, cluster) =>
  (site.options.proxy?.none ?? []).flatMap((given, n) => {
    const isHost = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(given);
    if (isHost || tryParseAddress(given) !== undefined) return [];
    return [
      findingAt("AS1325", site, ["proxy", "none", n], cluster, {
        problem:
          "docker_no_proxy has no wildcards and no networks (roles/bootstrap/validate-config):",
        given,
      }),
    ];
  });

/** Names of the site's passwords; one pair for all sites. */
export const PASSWORD_DEFAULTS = {
  admin: "starlingx_admin_password",
  sysadmin: "starlingx_sysadmin_password",
} as const;

/** Every secret is one of the cluster's secret variables. */
export const checkSecrets: SiteRule = (site, cluster) => [
  ...(site.subcloud === undefined ? checkPasswords(site, cluster) : []),
  ...Object.entries(site.options.dockerRegistries ?? {}).flatMap(([key, it]) =>
    (["username", "password"] as const).flatMap((field) => {
      const given = it[field];
      if (given === undefined || cluster.bootstrap.secretVars.includes(given)) return [];
      const allowed = cluster.bootstrap.secretVars;
      return [
        findingAt("AS1326", site, ["dockerRegistries", key, field], cluster, { given, allowed }),
      ];
    }),
  ),
];

function checkPasswords(site: Site, cluster: ClusterSpec): Finding[] {
  const { secretVars } = cluster.bootstrap;
  const { passwords = {} } = site.options;
  return (["admin", "sysadmin"] as const).flatMap((key) => {
    const given = passwords[key] ?? PASSWORD_DEFAULTS[key];
    if (secretVars.includes(given)) return [];
    const variable = key === "admin" ? "admin_password" : "ansible_become_pass";
    const problem = `${variable} of the bootstrap comes from a secret variable; bootstrap.secretVars lacks`;
    return [
      passwords[key] === undefined
        ? finding("AS1326", ["bootstrap", "secretVars"], cluster, { problem, given })
        : findingAt("AS1326", site, ["passwords", key], cluster, {
            problem,
            given,
            allowed: secretVars,
          }),
    ];
  });
}
