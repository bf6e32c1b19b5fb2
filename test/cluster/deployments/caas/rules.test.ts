/** Rules of caas deployments, each with what it accepts and what it rejects. */
import { z } from "zod";
import type { ClusterSpec } from "../../../../cluster";
import { formatPath } from "../../../../cluster/finding";
import { caasOptions } from "../../../../cluster/deployments/caas/options";
import { caasRules } from "../../../../cluster/deployments/caas/rules";
import { caasCluster } from "./described";

const MAC = (n: number): string => `52:54:00:00:00:0${n}`;
const member = ["etcd-member"];
const pools = (...all: readonly (readonly [string, number])[]): object[] =>
  all.map(([role, count]) => ({ name: `p-${role}`, role, count }));

const rules: readonly {
  readonly rule: string;
  readonly accepts: ClusterSpec;
  readonly rejects: ClusterSpec;
  readonly faults: readonly string[];
}[] = [
  {
    rule: "there are members",
    accepts: caasCluster(),
    rejects: caasCluster({}, pools(["worker", 3])),
    faults: ["AS1217 pools"],
  },
  {
    rule: "stacked members are the control planes",
    accepts: caasCluster({ stacked: true }, pools(["etcd-member", 3], ["worker", 2])),
    rejects: caasCluster({ stacked: true }, pools(["etcd-member", 3], ["control-plane", 3])),
    faults: ["AS1578 pools[1].role"],
  },
  {
    rule: "roles that were given are ones of the plan",
    accepts: caasCluster({ assigned: { [MAC(1)]: member, [MAC(2)]: ["worker"] } }),
    rejects: caasCluster({ assigned: { [MAC(1)]: ["etcd-member", "control-plane"] } }),
    faults: [`AS1575 deployment.assigned.${MAC(1)}`],
  },
  {
    rule: "roles that were given are ones of the stacked plan",
    accepts: caasCluster(
      { stacked: true, assigned: { [MAC(1)]: ["etcd-member", "control-plane"] } },
      pools(["etcd-member", 3]),
    ),
    rejects: caasCluster(
      { stacked: true, assigned: { [MAC(1)]: member } },
      pools(["etcd-member", 3]),
    ),
    faults: [`AS1575 deployment.assigned.${MAC(1)}`],
  },
  {
    rule: "no more members were given than the pools have",
    accepts: caasCluster({ assigned: { [MAC(1)]: member } }, pools(["etcd-member", 1])),
    rejects: caasCluster(
      { assigned: { [MAC(1)]: member, [MAC(2)]: member } },
      pools(["etcd-member", 1]),
    ),
    faults: [`AS1575 deployment.assigned.${MAC(2)}`],
  },
  {
    rule: "stores have ports of their own",
    accepts: caasCluster({ stores: { main: { client: 2379, peer: 2380 } } }),
    rejects: caasCluster({
      stores: { main: { client: 2379, peer: 2380 }, other: { client: 2380, peer: 2381 } },
    }),
    faults: ["AS1579 deployment.etcd.stores.other.client"],
  },
  {
    rule: "networks are networks",
    accepts: caasCluster({ serviceNetwork: "172.31.0.0/24", podNetwork: "10.98.0.0/16" }),
    rejects: caasCluster({ serviceNetwork: "172.31.0.1/24" }),
    faults: ["AS1576 deployment.serviceNetwork"],
  },
  {
    rule: "containers have a /16",
    accepts: caasCluster({ podNetwork: "10.98.0.0/16" }),
    rejects: caasCluster({ podNetwork: "10.98.0.0/20" }),
    faults: ["AS1576 deployment.podNetwork"],
  },
  {
    rule: "networks do not overlap",
    accepts: caasCluster({ serviceNetwork: "10.100.0.0/24" }),
    rejects: caasCluster({ serviceNetwork: "10.99.4.0/24" }),
    faults: ["AS1576 deployment.podNetwork"],
  },
  {
    rule: "Ignition has the hashes themselves",
    accepts: caasCluster(),
    rejects: caasCluster({ checksum: "sha256:https://f.example/SUMS" }),
    faults: ["AS1556 deployment.client.checksum", "AS1556 deployment.etcd.artifacts.checksum"],
  },
];

test.each(rules)("$rule", ({ accepts, rejects, faults }) => {
  expect(said(accepts)).toEqual([]);
  expect(said(rejects)).toEqual(faults);
});

test("the schema has the keys of all of them", () => {
  for (const { accepts, rejects } of rules) {
    for (const { deployment } of [accepts, rejects]) {
      const { kind: _, ...keys } = deployment ?? { kind: "" };
      expect(z.strictObject(caasOptions).safeParse(keys).error?.issues ?? []).toEqual([]);
    }
  }
});

function said(cluster: ClusterSpec): string[] {
  return caasRules.check(cluster).map(({ fault, at }) => `${fault.code} ${formatPath(at)}`);
}
