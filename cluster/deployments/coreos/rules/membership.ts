/**
 * How nodes find each other: plays know all addresses; a machine that reads Ignition or a cloud-config knows
 * what stands in there. Sources: etcd.io/docs, Clustering Guide; coreos/etcd Documentation/clustering.md at 2.0. Pure.
 */
import { LAB_ENDPOINT } from "../../../../core/lab-defaults";
import type { Finding } from "../../../finding";
import { tryParseAddress } from "../../../ip/address";
import { ETCD_PORTS } from "../families";
import { type CoreosContext, inDeployment, lineOf, namesOf } from "./context";

const USUAL_PORTS = { client: 2379, peer: 2380 } as const;
const SOURCES = ["members", "discovery", "discoverySrv"] as const;

/** Rules of etcd's settings. */
export function checkEtcd(context: CoreosContext): Finding[] {
  return [
    ...checkSources(context),
    ...checkAddresses(context),
    ...checkVersion(context),
    ...checkPorts(context),
    ...checkArtifacts(context),
  ];
}

function checkSources(context: CoreosContext): Finding[] {
  const { options, traits, cluster } = context;
  const given = SOURCES.filter((it) => options.etcd[it] !== undefined);
  const [first, ...others] = given;
  if (traits.by === "plays") {
    return given.map((key) =>
      inDeployment(context, "AS1552", ["etcd", key], {
        key: true,
        problem: "plays tell the members of each other; there is no use for key",
        given: key,
      }),
    );
  }
  if (first === undefined) {
    return [
      inDeployment(context, "AS1552", ["etcd"], {
        problem: `nothing tells nodes that read ${traits.by} where the members are`,
        allowed: SOURCES,
      }),
    ];
  }
  const needsAddresses =
    lineOf(context) === "3" &&
    first === "discovery" &&
    cluster.pools.some(({ role }) => role !== "etcd-member");
  return [
    ...others.map((key) =>
      inDeployment(context, "AS1552", ["etcd", key], {
        key: true,
        problem: `${first} tells it already`,
        given: key,
      }),
    ),
    // A gateway takes addresses or SRV records; the proxy of etcd 2 could ask a discovery service.
    ...(needsAddresses
      ? [
          inDeployment(context, "AS1552", ["etcd", "discovery"], {
            problem: "gateways of etcd 3 cannot ask a discovery service",
            allowed: ["members", "discoverySrv"],
          }),
        ]
      : []),
    ...checkSrv(context),
  ];
}

/** etcd 0.4 knows neither a table of members nor DNS. */
function checkSrv(context: CoreosContext): Finding[] {
  const { discoverySrv } = context.options.etcd;
  return discoverySrv === undefined || lineOf(context) !== "0.4"
    ? []
    : [
        inDeployment(context, "AS1552", ["etcd", "discoverySrv"], {
          problem: "etcd 0.4 asks no DNS",
          allowed: ["members", "discovery"],
        }),
      ];
}

function checkAddresses(context: CoreosContext): Finding[] {
  const { cluster, options } = context;
  const { members } = options.etcd;
  if (members === undefined) return [];
  const names = namesOf(cluster, "etcd-member");
  const missing = names.filter((name) => !Object.hasOwn(members, name));
  const addresses = Object.values(members);
  return [
    ...missing.map((given) =>
      inDeployment(context, "AS1553", ["etcd", "members"], {
        problem: "there is no address of member",
        given,
      }),
    ),
    ...Object.entries(members).flatMap(([name, address], index) => {
      const at = ["etcd", "members", name];
      return [
        ...(names.includes(name)
          ? []
          : [
              inDeployment(context, "AS1553", at, {
                key: true,
                problem: "no node with the role etcd-member has the name",
                given: name,
                allowed: names,
              }),
            ]),
        ...(tryParseAddress(address) === undefined
          ? [inDeployment(context, "AS1553", at, { problem: "no address", given: address })]
          : []),
        ...(addresses.indexOf(address) < index
          ? [
              inDeployment(context, "AS1553", at, {
                problem: "another member has the address",
                given: address,
              }),
            ]
          : []),
      ];
    }),
  ];
}

function checkVersion(context: CoreosContext): Finding[] {
  const { family, options, traits } = context;
  const line = lineOf(context);
  return traits.etcdLines.includes(line)
    ? []
    : [
        inDeployment(context, "AS1554", ["etcd", "version"], {
          problem: `image ${family} does not run etcd of this line`,
          given: options.etcd.version,
          allowed: traits.etcdLines.map((it) => `${it}.x`),
        }),
      ];
}

function checkPorts(context: CoreosContext): Finding[] {
  const { etcd } = context.options;
  const usual = ETCD_PORTS[lineOf(context)] ?? USUAL_PORTS;
  const same = (etcd.clientPort ?? usual.client) === (etcd.peerPort ?? usual.peer);
  const chosen = (["clientPort", "peerPort"] as const).filter((it) => etcd[it] !== undefined);
  const [last] = chosen.slice(-1);
  return [
    ...(context.traits.hasPorts ? [] : chosen).map((key) =>
      inDeployment(context, "AS1555", ["etcd", key], {
        problem: "plays run etcd on its usual ports 2379 and 2380, not on",
        given: etcd[key],
      }),
    ),
    ...(same && last !== undefined
      ? [
          inDeployment(context, "AS1555", ["etcd", last], {
            problem: "clients and members would share port",
            given: etcd[last],
          }),
        ]
      : []),
  ];
}

/** Where etcd comes from: the image, the lab, or an archive. */
function checkArtifacts(context: CoreosContext): Finding[] {
  const { cluster, options, traits, family } = context;
  const at = ["etcd", "artifacts"];
  const { artifacts } = options.etcd;
  if (traits.brings.includes("etcd")) {
    return artifacts === undefined
      ? []
      : [
          inDeployment(context, "AS1556", at, {
            key: true,
            problem: `image ${family} has its own, and a cloud-config fetches nothing`,
            given: "artifacts",
          }),
        ];
  }
  const labHelps = traits.by === "plays" && cluster.substrate.metal.endpoint === LAB_ENDPOINT;
  if (artifacts === undefined) {
    const problem = 'key "artifacts" is missing; only the lab brings its own, and for plays only';
    return labHelps ? [] : [inDeployment(context, "AS1556", ["etcd", "artifacts"], { problem })];
  }
  return checkChecksum(context, at, artifacts.checksum);
}

/** Ignition verifies by a hash that stands in the config: it looks up none. */
export function checkChecksum(
  context: CoreosContext,
  at: readonly string[],
  checksum: string,
): Finding[] {
  return context.traits.by !== "ignition" || /^sha(256|512):[0-9a-f]+$/.test(checksum)
    ? []
    : [
        inDeployment(context, "AS1556", [...at, "checksum"], {
          problem: "Ignition needs the hash itself, not a file that has it",
          given: checksum,
          allowed: "sha256:<64 hex digits> or sha512:<128 hex digits>",
        }),
      ];
}
