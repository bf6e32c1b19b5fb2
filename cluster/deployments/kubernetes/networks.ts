/**
 * The networks of a Kubernetes cluster: keys of deployments, and what must hold of them. Pure. Sources: kubernetes
 * (kube-apiserver takes at most 2^20 addresses of services, kubeadm at least ten; the controller manager gives a node a
 * /24 of IPv4, a /64 of IPv6).
 */
import { z } from "zod";
import type { ClusterSpec } from "../../config";
import { finding, type Finding, type FindingParts } from "../../finding";
import { countNodes } from "../../pool-nodes";
import { contains, overlap, type Subnet, tryParseSubnet } from "../../ip/subnet";
import { formatAddress, plus, tryParseAddress } from "../../ip/address";

/** Networks and addresses that are not for pods and services. */
const RESERVED = ["127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "fe80::/10", "ff00::/8"].flatMap(
  (it) => tryParseSubnet(it) ?? [],
);
const NODE_BITS = { 4: 24, 6: 64 } as const;
const MOST_SERVICE_BITS = 20;
const LEAST_SERVICE_BITS = 4;

const subnet = z
  .string()
  .refine(
    (it) => tryParseSubnet(it) !== undefined,
    "a network such as 10.42.0.0/16, without bits behind the prefix",
  );

/** Keys, with the defaults of a kind. */
export function networkOptions(defaults: {
  readonly podCidr: string;
  readonly serviceCidr: string;
}) {
  return {
    podCidr: subnet
      .default(defaults.podCidr)
      .describe("Network of the pods; every node gets a /24 of it, or a /64 of IPv6"),
    serviceCidr: subnet.default(defaults.serviceCidr).describe("Network of the services"),
    dnsAddress: z
      .string()
      .refine((it) => tryParseAddress(it) !== undefined, "an IP address")
      .optional()
      .describe("Address of the cluster's DNS; default: the tenth of the services' network"),
  };
}

/** The keys as values. */
export interface Networks {
  readonly podCidr: string;
  readonly serviceCidr: string;
  readonly dnsAddress?: string | undefined;
}

/** See the header. Whether the nodes' own network overlaps shows on the nodes only. */
export function checkNetworks(cluster: ClusterSpec): Finding[] {
  const { podCidr, serviceCidr, dnsAddress } = cluster.deployment as unknown as Networks;
  const [pods, services] = [tryParseSubnet(podCidr), tryParseSubnet(serviceCidr)];
  // A token stands for a network that only Terraform knows.
  if (!pods || !services) return [];
  const say = (
    code: "AS1251" | "AS1252" | "AS1253",
    key: keyof Networks,
    parts: FindingParts,
  ): Finding => finding(code, ["deployment", key], cluster, parts);
  return [
    ...(
      [
        ["podCidr", pods, podCidr],
        ["serviceCidr", services, serviceCidr],
      ] as const
    ).flatMap(([key, it, given]) =>
      RESERVED.some((other) => overlap(it, other))
        ? [say("AS1251", key, { problem: "the network is reserved for other uses:", given })]
        : [],
    ),
    ...(pods.family === services.family
      ? []
      : [
          say("AS1251", "serviceCidr", {
            problem: "pods and services have addresses of different families",
            given: serviceCidr,
          }),
        ]),
    ...(overlap(pods, services)
      ? [
          say("AS1251", "serviceCidr", {
            problem: `the network overlaps that of the pods, ${podCidr}:`,
            given: serviceCidr,
          }),
        ]
      : []),
    ...checkSizes(cluster, pods, services).map(([key, parts]) => say("AS1252", key, parts)),
    ...checkDns(services, dnsAddress).map((parts) => say("AS1253", "dnsAddress", parts)),
  ];
}

function checkSizes(
  cluster: ClusterSpec,
  pods: Subnet,
  services: Subnet,
): (readonly ["podCidr" | "serviceCidr", FindingParts])[] {
  const { podCidr, serviceCidr } = cluster.deployment as unknown as Networks;
  const nodes = cluster.pools.reduce((sum, pool) => sum + countNodes(pool), 0);
  const bits = NODE_BITS[pods.family] - pods.prefix;
  const room = bits < 0 ? 0 : 2 ** bits;
  const serviceBits = (services.family === 4 ? 32 : 128) - services.prefix;
  return [
    ...(room < nodes
      ? [
          [
            "podCidr",
            {
              problem: `the network has room for ${room} nodes, and the cluster has ${nodes}:`,
              given: podCidr,
            },
          ] as const,
        ]
      : []),
    ...(serviceBits > MOST_SERVICE_BITS || serviceBits < LEAST_SERVICE_BITS
      ? [
          [
            "serviceCidr",
            {
              problem: "services take 16 to 1048576 addresses: the prefix is a wrong one in",
              given: serviceCidr,
            },
          ] as const,
        ]
      : []),
  ];
}

function checkDns(services: Subnet, given: string | undefined): FindingParts[] {
  const address = given === undefined ? undefined : tryParseAddress(given);
  if (address === undefined) return [];
  if (!contains(services, address))
    return [{ problem: "the address is not in the services' network:", given }];
  // The first is the network's own, the second that of the API server.
  return address.value - services.base.value < 2n
    ? [{ problem: "the address is taken:", given }]
    : [];
}

/** The DNS service's address, when none is given. */
export function dnsAddressOf({ dnsAddress, serviceCidr }: Networks): string {
  const services = tryParseSubnet(serviceCidr);
  return dnsAddress ?? (services ? formatAddress(plus(services.base, 10n)) : "");
}
