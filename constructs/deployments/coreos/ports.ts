/** Ports of etcd on a node. */
import { ETCD_PORTS } from "../../../cluster/deployments/coreos/families";
import type { CoreosNode } from "./node";

/** Ports for clients and for other members: as chosen, or as usual for the line of etcd. */
export function portsOf({ options, line }: Pick<CoreosNode, "options" | "line">): {
  readonly client: number;
  readonly peer: number;
} {
  const usual = ETCD_PORTS[line] ?? { client: 2379, peer: 2380 };
  return {
    client: options.etcd.clientPort ?? usual.client,
    peer: options.etcd.peerPort ?? usual.peer,
  };
}
