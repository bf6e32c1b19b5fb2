/** DNS and NTP servers, the time zone, and dynamic addresses. Pure. */
import { tryParseAddress } from "../../../ip/address";
import { findingAt, type SiteRule } from "./site-finding";

/** Most DNS servers, by roles/bootstrap/validate-config, and NTP servers, by starlingx/config. */
const MOST = 3;
const HOST =
  /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

const LISTS = [
  {
    key: "dns",
    source: "roles/bootstrap/validate-config of the bootstrap",
    form: "an IP address",
    isServer: (it: string) => tryParseAddress(it) !== undefined,
  },
  {
    key: "ntp",
    source: "NTP API of starlingx/config",
    form: "an IP address or a host name",
    isServer: (it: string) =>
      tryParseAddress(it) !== undefined || (HOST.test(it) && !/^[\d.]+$/.test(it)),
  },
] as const;

/** One to three servers of each kind. */
export const checkServers: SiteRule = (site, cluster) =>
  LISTS.flatMap(({ key, source, form, isServer }) => {
    const given = site.options[key];
    if (given === undefined) return [];
    const counted =
      given.length >= 1 && given.length <= MOST
        ? []
        : [
            findingAt("AS1327", site, [key], cluster, {
              problem: `${given.length} servers in ${key}, and 1 to ${MOST} are taken (${source})`,
            }),
          ];
    const malformed = given.flatMap((it, n) =>
      isServer(it)
        ? []
        : [
            findingAt("AS1327", site, [key, n], cluster, {
              problem: `not a server of ${key} (${source}):`,
              given: it,
              allowed: form,
            }),
          ],
    );
    return [...counted, ...malformed];
  });

const TIMEZONE = /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*){0,2}$/;

/** A name below /usr/share/zoneinfo, by its form. */
export const checkTimezone: SiteRule = (site, cluster) => {
  const { timezone: given = "UTC" } = site.options;
  if (TIMEZONE.test(given)) return [];
  return [
    findingAt("AS1328", site, ["timezone"], cluster, {
      problem:
        "not the name of a file below /usr/share/zoneinfo (roles/bootstrap/validate-config):",
      given,
      allowed: "UTC, or Area/City",
    }),
  ];
};

/** Addresses by hand need hosts that are added by hand, with an address that the client no longer takes. */
export const checkDynamic: SiteRule = (site, cluster) =>
  (["management", "clusterHost"] as const).flatMap((name) => {
    const network = site.options.networks?.[name];
    if (network?.dynamic !== false || site.hosts.length <= 1) return [];
    return [
      findingAt("AS1363", site, ["networks", name, "dynamic"], cluster, {
        problem: `without it every host is added with an address (${name === "management" ? "management" : "cluster_host"}_dynamic_address_allocation of the bootstrap), which host-add no longer takes; dynamic cannot be`,
        given: false,
      }),
    ];
  });
