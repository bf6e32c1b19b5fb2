/** Codes of StarlingX' networks (AS131…). Source of the reasons: starlingx/ansible-playbooks, roles/bootstrap/validate-config and roles/common/validate-addresses. */
import type { CodeEntry } from "./entry";

/** See the header. */
export const STARLINGX_NETWORK_CODES = {
  AS1310: {
    title: "not a subnet, or not an address",
    why: "Networks are written as address/prefix with no bit set behind the prefix; two of them, of both IP families and joined by a comma, make a dual-stack network.",
    fix: "Write 10.10.10.0/24, fd00::/64 or 10.10.10.0/24,fd00::/64.",
  },
  AS1311: {
    title: "the subnet has too few or too many addresses",
    why: "The bootstrap refuses pods and services below 65536 addresses, services above 1048576, other networks below 5 (3 with simplex, 6 for multicast), and IPv6 prefixes shorter than 64.",
    fix: "Use a subnet of the named size.",
  },
  AS1312: {
    title: "the range does not fit its subnet",
    why: "A range lies inside of its subnet, ends behind its start, and is at most two addresses smaller than the smallest subnet.",
    fix: "Move start and end.",
  },
  AS1313: {
    title: "the address does not fit its network",
    why: "Gateway, floating and controller addresses are different hosts of their subnet.",
    fix: "Use an address of the subnet that nothing else has.",
  },
  AS1314: {
    title: "networks of different IP families",
    why: "Management, multicast, cluster-host, pods, services and OAM have one IP family; pxeboot alone is apart.",
    fix: "Give all of them IPv4 or IPv6 subnets; the first of a dual-stack pair counts.",
  },
  AS1315: {
    title: "dual-stack in part only",
    why: "Pods, services and cluster-host are all dual-stack or none is, and dual-stack pods need dual-stack OAM.",
    fix: "Give the named network a second subnet of the other family, or take it from the others.",
  },
  AS1316: {
    title: "pxeboot is IPv4",
    why: "UEFI firmware of StarlingX' machines boots over IPv4 only, on systems of IPv6 as well.",
    fix: "Use an IPv4 subnet for networks.pxeboot.",
  },
  AS1317: {
    title: "multicast and unicast mixed up",
    why: "The multicast network lies in 224.0.0.0/4 or ff00::/8, and no other does.",
    fix: "Use a multicast subnet for networks.multicast and unicast ones elsewhere.",
  },
  AS1318: {
    title: "networks overlap",
    why: "An address must say which network it belongs to; the bootstrap refuses subnets that overlap.",
    fix: "Move one of the two subnets.",
  },
  AS1319: {
    title: "a prefix that is unusual for Standard",
    why: "The bootstrap warns on Standard systems of pxeboot, management and cluster-host networks with a prefix below /24. This is a warning.",
    fix: "Use /24, unless the size is meant.",
  },
  AS1327: {
    title: "too few, too many or malformed name or time servers",
    why: "The bootstrap takes one to three DNS servers, as addresses; the inventory takes up to three NTP servers, as addresses or names.",
    fix: "List one to three.",
  },
  AS1328: {
    title: "not a time zone",
    why: "The name must exist below /usr/share/zoneinfo.",
    fix: "Write UTC, or Area/City.",
  },
  AS1329: {
    title: "an address is missing",
    why: "A network that is used has a subnet, and OAM has a gateway and a floating address; examples of the guides are not for production.",
    fix: "Add the named key.",
  },
} as const satisfies Record<string, CodeEntry>;
