/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate } from "armstead";
import type { Construct } from "constructs";

const TIMER = `[Unit]
Description=Every quarter of an hour
[Timer]
OnCalendar=*:0/15
[Install]
WantedBy=timers.target
`;

const SERVICE = `[Unit]
Description=What the timer starts
[Service]
Type=oneshot
ExecStart=/usr/bin/date
`;

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "coreos-plays", {
    substrate: new MetalSubstrate({
      project: "demo",
      metro: "da",
      capacity: ["c3.large.arm64", "c2.large.arm"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.debian({ release: "13" }),
    deployment: Deployment.coreos({
      units: [
        { name: "edge-clock.timer", contents: TIMER },
        { name: "edge-clock.service", enabled: false, contents: SERVICE },
      ],
    }),
  });
  cluster.addNodePool("members", { role: "etcd-member", count: 3 });
  cluster.addNodePool("workers", { role: "worker", count: 1 });
  return cluster;
}
