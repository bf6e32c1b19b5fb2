/** Steps of interfaces: OAM, management, cluster-host and data. Source: configure-controller and configure-worker pages of the guides. */
import type { Host } from "../../../../cluster/deployments/starlingx/site";
import type { PlatformNetwork } from "../../../../cluster/deployments/starlingx/options/interfaces";
import { isReady } from "./host-state";
import { interfacesOf, interfaceWith, type SitePlan } from "./plan";
import { type Command, type Condition, row, type Step, step } from "./step";

/** OAM of a controller. */
export function oamIf(plan: SitePlan, host: Host): Step {
  const port = interfaceWith(plan.site, host, "oam") ?? "mgmt0";
  return networkStep(plan, host, { id: `oam_if(${host.hostname})`, networks: ["oam"], port });
}

/** Management and cluster-host of controller-0 leave lo. */
export function mgmtIfC0(plan: SitePlan, host: Host): Step {
  const { site, on } = plan;
  const isSingle = site.configuration.name === "aio-sx";
  // A single host that is a subcloud keeps cluster-host on lo, whose class may not change there.
  const networks: PlatformNetwork[] = isSingle ? ["mgmt"] : ["mgmt", "cluster-host"];
  const list = networkList(host);
  const onLo = isSingle ? { ifname: "lo", network_name: "mgmt" } : { ifname: "lo" };
  const release: Command[] = [
    ...(isSingle
      ? []
      : [{ argv: ["system", "host-if-modify", host.hostname, "lo", "-c", "none"] }]),
    {
      argv: ["system", "interface-network-remove", { ref: "uuid" }],
      each: { ref: "uuid", column: "uuid", ask: list, where: wrap(onLo) },
    },
  ];
  return step({
    id: "mgmt_if_c0",
    title: `${networks.join(" and ")} of controller-0 leave lo`,
    on,
    done: networks.map((it) => carries(host, it, interfaceWith(site, host, it))),
    gates: [{ that: isReady(host.hostname), else: `${host.hostname} is not locked and online` }],
    commands: [
      ...release,
      ...networks.flatMap((it) => assign(host, it, interfaceWith(site, host, it) ?? "lo")),
    ],
  });
}

/** Cluster-host of a host that was installed over the network. */
export function clusterHostIf(plan: SitePlan, host: Host): Step {
  const port = interfaceWith(plan.site, host, "cluster-host") ?? "mgmt0";
  const id = `cluster_host_if(${host.hostname})`;
  return networkStep(plan, host, { id, networks: ["cluster-host"], port });
}

/** Networks beside the usual ones: pxeboot, and admin of subclouds. */
export function otherIfs(plan: SitePlan, host: Host): Step[] {
  return (["pxeboot", "admin"] as const).flatMap((network) => {
    const port = interfaceWith(plan.site, host, network);
    if (port === undefined) return [];
    const id = `${network}_if(${host.hostname})`;
    return [networkStep(plan, host, { id, networks: [network], port })];
  });
}

/** Interfaces that carry data. */
export function dataIfs({ site, on }: SitePlan, host: Host): Step[] {
  return interfacesOf(site, host).flatMap(({ port, networks = [], class: wanted = "data" }) => {
    if (networks.length > 0) return [];
    const isSo = row(["system", "host-if-list", host.hostname, "-a"], {
      name: port,
      class: wanted === "none" ? "None" : wanted,
    });
    return [
      step({
        id: `data_if(${host.hostname},${port})`,
        title: `${port} of ${host.hostname} is of class ${wanted}`,
        on,
        done: [isSo],
        gates: [
          { that: isReady(host.hostname), else: `${host.hostname} is not locked and online` },
        ],
        commands: [{ argv: ["system", "host-if-modify", host.hostname, port, "-c", wanted] }],
      }),
    ];
  });
}

interface NetworkParts {
  readonly id: string;
  readonly networks: readonly PlatformNetwork[];
  readonly port: string;
}

function networkStep(plan: SitePlan, host: Host, { id, networks, port }: NetworkParts): Step {
  return step({
    id,
    title: `${port} of ${host.hostname} carries ${networks.join(" and ")}`,
    on: plan.on,
    done: networks.map((it) => carries(host, it, port)),
    gates: [{ that: isReady(host.hostname), else: `${host.hostname} is not locked and online` }],
    commands: networks.flatMap((it) => assign(host, it, port)),
  });
}

function assign(host: Host, network: PlatformNetwork, port: string): Command[] {
  const { hostname } = host;
  const unless = carries(host, network, port);
  const modify = ["system", "host-if-modify", hostname, port, "-c", "platform"];
  return [
    // The installer has made mgmt0 a platform interface.
    ...(port === "mgmt0" ? [] : [{ argv: modify, unless }]),
    { argv: ["system", "interface-network-assign", hostname, port, network], unless },
  ];
}

function networkList({ hostname }: Host): string[] {
  return ["system", "interface-network-list", hostname];
}

function carries(host: Host, network: PlatformNetwork, port: string | undefined): Condition {
  return row(networkList(host), {
    network_name: network,
    ...(port === undefined ? {} : { ifname: port }),
  });
}

function wrap(it: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(it).map(([key, value]) => [key, [value]]));
}
