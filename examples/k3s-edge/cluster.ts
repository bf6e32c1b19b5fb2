/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate, RegistryMirrors } from "armstead";
import type { Construct } from "constructs";

const CHECKSUM = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

export function build(scope: Construct): ArmCluster {
  const mirrors = new RegistryMirrors({
    rewrites: "arm64-defaults",
  });
  mirrors.add("docker.io", { url: "https://artifacts.example" });
  const cluster = new ArmCluster(scope, "k3s-edge", {
    substrate: new MetalSubstrate({
      endpoint: "https://metal.example/metal/v1",
      project: "edge",
      metro: "da",
      capacity: ["c3.large.arm64"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.debian({ release: "13" }),
    mirrors,
    deployment: Deployment.k3s({
      version: "v1.31.4+k3s1",
      binary: { url: "https://artifacts.example/k3s/v1.31.4/k3s-arm64", checksum: CHECKSUM },
      images: {
        url: "https://artifacts.example/k3s/v1.31.4/k3s-airgap-images-arm64.tar.gz",
        checksum: CHECKSUM,
      },
      token: "k3s_token",
      endpoint: "k3s.edge.example",
      disable: ["traefik"],
    }),
    bootstrap: { secretVars: ["k3s_token"] },
  });
  cluster.addNodePool("servers", { role: "control-plane", count: 3 });
  cluster.addNodePool("agents", {
    role: "worker",
    count: 10,
    kernel: "realtime",
    tuning: { isolatedCpus: "4-79", nohzFull: "4-79" },
  });
  return cluster;
}
