/**
 * The network of containers. Source: flannel-io/flannel, Documentation/configuration.md and backends.md. Pure.
 */
import { countNodes } from "../../../pool-nodes";
import type { Finding } from "../../../finding";
import { tryParseAddress } from "../../../ip/address";
import { contains, isMulticast, type Subnet, tryParseSubnet } from "../../../ip/subnet";
import type { FlannelOptions } from "../options";
import { type CoreosContext, inDeployment } from "./context";
import { checkChecksum } from "./membership";

/** A part smaller than this has no room for containers. */
const SMALLEST_PART = 30;
const LOOPBACK = tryParseSubnet("127.0.0.0/8");

/** Rules of flannel's settings. */
export function checkFlannel(context: CoreosContext): Finding[] {
  const { flannel } = context.options;
  if (flannel === undefined) return [];
  return [
    ...checkNetwork(context, flannel),
    ...checkBackend(context, flannel),
    ...checkOrigin(context, flannel),
  ];
}

function checkNetwork(context: CoreosContext, flannel: FlannelOptions): Finding[] {
  const network = tryParseSubnet(flannel.network);
  const at = ["flannel", "network"];
  if (network === undefined) {
    return [
      inDeployment(context, "AS1557", at, {
        problem: "no network, or a bit behind its prefix is set",
        given: flannel.network,
      }),
    ];
  }
  if (isMulticast(network) || (LOOPBACK && contains(LOOPBACK, network.base))) {
    return [
      inDeployment(context, "AS1557", at, {
        problem: "containers cannot have addresses of network",
        given: flannel.network,
      }),
    ];
  }
  return [
    ...checkLength(context, flannel, network),
    ...checkRange(context, flannel, network),
    ...checkMembersOutside(context, network),
  ];
}

function checkLength(
  context: CoreosContext,
  { subnetLen, network: text }: FlannelOptions,
  network: Subnet,
): Finding[] {
  const at = ["flannel", "subnetLen"];
  if (subnetLen <= network.prefix || subnetLen > SMALLEST_PART) {
    return [
      inDeployment(context, "AS1558", at, {
        given: subnetLen,
        allowed: `${network.prefix + 1} to ${SMALLEST_PART} for network ${text}`,
      }),
    ];
  }
  const nodes = context.cluster.pools.reduce((sum, pool) => sum + countNodes(pool), 0);
  // flannel hands out the second part first, so that the network's own address is nobody's.
  const parts = 2 ** (subnetLen - network.prefix) - 1;
  return nodes <= parts
    ? []
    : [
        inDeployment(context, "AS1558", at, {
          problem: `network ${text} has ${parts} parts of this length for ${nodes} nodes`,
          given: subnetLen,
        }),
      ];
}

function checkRange(
  context: CoreosContext,
  { subnetMin, subnetMax, subnetLen }: FlannelOptions,
  network: Subnet,
): Finding[] {
  const ends = { subnetMin, subnetMax };
  const values = Object.entries(ends).map(([key, text]) => {
    const address = text === undefined ? undefined : tryParseAddress(text);
    const size = 1n << BigInt(32 - subnetLen);
    const isPart =
      address !== undefined && contains(network, address) && address.value % size === 0n;
    return { key, text, address, isPart };
  });
  const outside = values
    .filter(({ text, isPart }) => text !== undefined && !isPart)
    .map(({ key, text }) =>
      inDeployment(context, "AS1559", ["flannel", key], {
        problem: `no first address of a /${subnetLen} of the network`,
        given: text,
      }),
    );
  const [min, max] = values.map((it) => (it.isPart ? it.address : undefined));
  const swapped = min !== undefined && max !== undefined && min.value > max.value;
  return [
    ...outside,
    ...(swapped
      ? [
          inDeployment(context, "AS1559", ["flannel", "subnetMax"], {
            problem: "it lies before subnetMin",
            given: subnetMax,
          }),
        ]
      : []),
  ];
}

/** A member inside of the network would be looked for among containers. */
function checkMembersOutside(context: CoreosContext, network: Subnet): Finding[] {
  const inside = Object.entries(context.options.etcd.members ?? {}).filter(([, text]) => {
    const address = tryParseAddress(text);
    return address !== undefined && contains(network, address);
  });
  return inside.length === 0
    ? []
    : [
        inDeployment(context, "AS1557", ["flannel", "network"], {
          problem: `the network holds the address of member ${inside[0]?.[0] ?? ""}`,
          given: context.options.flannel?.network,
        }),
      ];
}

function checkBackend(context: CoreosContext, { backend }: FlannelOptions): Finding[] {
  const keys: readonly string[] = { vxlan: ["vni", "port"], udp: ["port"], "host-gw": [] }[
    backend.type
  ];
  return (["vni", "port"] as const)
    .filter((key) => backend[key] !== undefined && !keys.includes(key))
    .map((key) =>
      inDeployment(context, "AS1560", ["flannel", "backend", key], {
        key: true,
        problem: `backend ${backend.type} has no key`,
        given: key,
      }),
    );
}

function checkOrigin(context: CoreosContext, { artifacts }: FlannelOptions): Finding[] {
  const { family, traits } = context;
  const at = ["flannel", "artifacts"];
  const brings = traits.brings.includes("flannel");
  if (artifacts === undefined) {
    const problem = `key "artifacts" is missing: image ${family} has no flannel`;
    return brings ? [] : [inDeployment(context, "AS1556", at, { problem })];
  }
  if (!brings) return checkChecksum(context, at, artifacts.checksum);
  const problem = `image ${family} has its own, and a cloud-config fetches nothing`;
  return [inDeployment(context, "AS1556", at, { key: true, problem, given: "artifacts" })];
}
