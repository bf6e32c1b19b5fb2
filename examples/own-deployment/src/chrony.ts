/** A kind of deployment of this package's own: time servers, and every other node as their client. */
import path from "node:path";
import { type DeploymentKind, deploymentFinding, deploymentPlay } from "armstead";
import { z } from "zod";

export interface ChronyOptions {
  /** Where the servers get the time from. */
  readonly upstream: readonly string[];
}

const plays = [
  deploymentPlay("armstead-chrony/chrony.yml", path.join(__dirname, "..", "plays", "chrony.yml")),
];

export const chrony: DeploymentKind<ChronyOptions> = {
  rules: {
    kind: "chrony",
    doc: "Time servers; every other node is their client",
    roles: ["time-server", "worker"],
    families: ["debian"],
    options: { upstream: z.array(z.string().min(1)).min(1).describe("Servers of the servers") },
    check: (cluster) => {
      const servers = cluster.pools.filter(({ role }) => role === "time-server");
      const count = servers.reduce((sum, it) => sum + (it.count ?? it.names?.length ?? 0), 0);
      if (count !== 0 && count !== 2) return [];
      const problem =
        count === 0 ? "no pool has the role time-server" : "of two clocks none is right";
      const hint = "have one time server, or three and more";
      return [deploymentFinding(["pools"], cluster, { problem, hint })];
    },
  },
  define: (options) => ({
    rules: chrony.rules,
    options: { ...options },
    plays,
    vars: { chrony_upstream: options.upstream },
    endpoint: (nodes) => `join(",", ${nodes.map(["time-server"], "device.access_private_ipv4")})`,
  }),
};

/** What `armstead validate --with armstead-chrony` looks for. */
export const deployments = [chrony];
