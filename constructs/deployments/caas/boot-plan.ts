/**
 * From discovered machines to what they boot: one profile, group and config a machine, and one for all that nobody
 * knows. The files follow from the machines, not from the order in which they were found; a machine that is added
 * changes none of another's, unless it completes a set. Source: JulienBalestra/enjoliver, app/generator.py and
 * app/sync.py. Pure.
 */
import type { CaasRole, Machine } from "../../../cluster/deployments/caas/machine";
import type { CaasOptions } from "../../../cluster/deployments/caas/options";
import {
  machinesWith,
  planOf,
  schedule,
  type Schedule,
  type Wanted,
} from "../../../cluster/deployments/caas/schedule";
import { tryParseAddress } from "../../../cluster/ip/address";
import { contains, tryParseSubnet } from "../../../cluster/ip/subnet";
import { fault, type Fault, throwIfAny } from "../../../core/faults";
import { flatcarBoot } from "../../../images/netboot/boot-args";
import type { BootFiles, BootGroup, BootProfile } from "../../../images/netboot/boot-files";
import { checkBootFiles } from "../../../images/netboot/check";
import { discoveryIgnition, initialCluster, machineIgnition } from "./ignition";
import { type MachineNode, nameOf, podNetwork, podPart } from "./machine-node";

/** What a boot plan is made of. */
export interface BootPlanInput {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly options: CaasOptions;
  /** How many of what. */
  readonly wanted: Wanted;
  readonly machines: readonly Machine[];
}

/** All that a boot server needs. */
export interface BootPlan {
  readonly files: BootFiles;
  /** Config by the name of its file. */
  readonly ignition: Readonly<Record<string, string>>;
  /** Who does what, and what is waited for. */
  readonly schedule: Schedule;
}

/** Id of the profile and group of machines that nobody knows. */
const DISCOVERY = "discovery";
/** Roles whose machines stand in the configs of others. */
const NAMED: readonly CaasRole[] = ["control-plane", "etcd-member"];

/**
 * Makes the plan.
 * @param input - the cluster and its machines
 * @throws UserFault AS1575 to AS1577 for machines that do not fit, AS1505 to AS1547 for files that would not work
 */
export function bootPlan(input: BootPlanInput): BootPlan {
  const { machines, options, wanted } = input;
  throwIfAny([
    ...checkMembersKnown(machines, options),
    ...checkParts(machines),
    ...checkAddresses(machines, options),
  ]);
  const byMac = new Map(machines.map((it) => [it.mac, it]));
  const before = new Map(
    Object.entries(options.assigned).map(([mac, roles]) => [mac, [...roles].sort()]),
  );
  const result = schedule(byMac.keys(), planOf(wanted), before);
  const nodes = nodesOf(input, result, byMac);
  const files: BootFiles = {
    profiles: [DISCOVERY, ...nodes.map(({ machine }) => nameOf(machine))].map((id) =>
      profileOf(id, options),
    ),
    groups: [
      { id: DISCOVERY, profile: DISCOVERY, selector: {} },
      ...nodes.map((node) => groupOf(node)),
    ],
  };
  throwIfAny(checkBootFiles(files));
  const configs = nodes.map((it) => [fileOf(nameOf(it.machine)), machineIgnition(it)] as const);
  return {
    files,
    ignition: { [fileOf(DISCOVERY)]: discoveryIgnition(options), ...Object.fromEntries(configs) },
    schedule: result,
  };
}

/** Machines with roles that were discovered, by MAC address. */
function nodesOf(
  { cluster, options }: BootPlanInput,
  { assignments }: Schedule,
  byMac: ReadonlyMap<string, Machine>,
): MachineNode[] {
  const known = (macs: readonly string[]): Machine[] =>
    macs.flatMap((mac) => {
      const machine = byMac.get(mac);
      return machine ? [machine] : [];
    });
  const members = known(machinesWith(assignments, "etcd-member"));
  const controlPlanes = known(machinesWith(assignments, "control-plane"));
  return [...assignments].flatMap(([mac, roles]) => {
    const machine = byMac.get(mac);
    return machine ? [{ cluster, machine, roles, members, controlPlanes, options }] : [];
  });
}

function profileOf(id: string, options: CaasOptions): BootProfile {
  const server = options.server.replace(/\/$/, "");
  const assets = options.assets?.replace(/\/$/, "") ?? `${server}/assets/flatcar`;
  return {
    id,
    boot: flatcarBoot({ assets, ignition: `${server}/ignition` }),
    ignition_id: fileOf(id),
  };
}

function groupOf(node: MachineNode): BootGroup {
  const { machine, roles, members, options } = node;
  const id = nameOf(machine);
  const isMember = roles.includes("etcd-member");
  const stores = Object.entries(options.etcd.stores).map(([store, ports]) => [
    store,
    {
      initial_cluster: initialCluster(members, ports),
      proxy: isMember ? "off" : "on",
      ...(isMember
        ? {
            advertise_client_urls: `http://${machine.boot.ipv4}:${ports.client}`,
            initial_advertise_peer_urls: `http://${machine.boot.ipv4}:${ports.peer}`,
          }
        : {}),
    },
  ]);
  return {
    id,
    profile: id,
    selector: { mac: machine.mac },
    metadata: {
      hostname: id,
      roles: roles.join(","),
      address: machine.boot.ipv4,
      pod_network: podNetwork(machine, options.podNetwork),
      service_network: options.serviceNetwork,
      etcd: Object.fromEntries(stores) as object,
    },
  };
}

function fileOf(id: string): string {
  return `${id}.ign`;
}

/** Others name members and control planes by address: one that nobody has told would be left out of their configs. */
function checkMembersKnown(machines: readonly Machine[], { assigned }: CaasOptions): Fault[] {
  const known = new Set(machines.map(({ mac }) => mac));
  return Object.entries(assigned)
    .filter(([mac, roles]) => !known.has(mac) && roles.some((it) => NAMED.includes(it)))
    .map(([mac]) =>
      fault("AS1575", `deployment.assigned.${mac}`, {
        problem: "the discovery file does not have the machine, whose address others need",
        given: mac,
      }),
    );
}

/** Of two machines with one part of the containers' network, one would get the other's packets. */
function checkParts(machines: readonly Machine[]): Fault[] {
  const first = new Map<number, Machine>();
  return [...machines]
    .sort((a, b) => (a.mac < b.mac ? -1 : 1))
    .flatMap((machine) => {
      const part = podPart(machine);
      const other = first.get(part);
      first.set(part, other ?? machine);
      if (other === undefined) return [];
      const problem = `machine ${other.mac} has address ${other.boot.ipv4}, and ${machine.mac} has`;
      return [fault("AS1577", "deployment.discovery", { problem, given: machine.boot.ipv4 })];
    });
}

function checkAddresses(machines: readonly Machine[], options: CaasOptions): Fault[] {
  return (["serviceNetwork", "podNetwork"] as const).flatMap((key) => {
    const network = tryParseSubnet(options[key]);
    const inside = machines.find(({ boot }) => {
      const address = tryParseAddress(boot.ipv4);
      return network !== undefined && address !== undefined && contains(network, address);
    });
    const problem = `machine ${inside?.mac ?? ""} has an address of it`;
    return inside === undefined
      ? []
      : [fault("AS1576", `deployment.${key}`, { problem, given: options[key] })];
  });
}
