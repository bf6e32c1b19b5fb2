/** Codes of the deployments docker, k3s and kubeadm (AS124… to AS126…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of deployments. */
export const DEPLOYMENT_CODES = {
  AS1240: {
    title: "option given twice",
    why: "dockerd does not start when an option stands both on its command line and in daemon.json, whatever the values are.",
    fix: "Keep it in one of the two: daemon, unless it must be a flag.",
  },
  AS1241: {
    title: "an option that belongs to registries.mirrors",
    why: "Mirrors are rendered into daemon.json from one description; a second list would fight with it.",
    fix: "Describe the mirror in registries.mirrors.",
  },
  AS1242: {
    title: "an option that dockerd has no more",
    why: "Old storage drivers and flags were removed; dockerd does not start with them.",
    fix: "Remove it, or use what took its place.",
  },
  AS1243: {
    title: "a compose file without the compose plugin",
    why: "The engine's archive does not have docker compose in it.",
    fix: "Give compose: { url, checksum } of the plugin's program.",
  },
  AS1244: {
    title: "an option that needs the engine",
    why: "With engine: none only the kernel, the userland, the unit and the options are looked after: nothing runs.",
    fix: "Remove the option, or give an engine.",
  },
  AS1245: {
    title: "not a compose file",
    why: "A compose file is one YAML mapping with services, each of which runs an image; nodes build none.",
    fix: "Give every service an image, and remove build.",
  },
  AS1246: {
    title: "a service for another platform",
    why: "ARM64 machines run linux/arm64; 32-bit ARM images run on some of their processors only.",
    fix: "Remove platform, or use an image for linux/arm64.",
  },
  AS1247: {
    title: "a key that dockerd may not know",
    why: "dockerd does not start with a key in daemon.json that it does not know. This is a warning, as newer versions know more.",
    fix: "Spell the key as proposed, or check the version's documentation.",
  },
  AS1250: {
    title: "number of servers that cannot keep the data",
    why: "k3s and kubeadm keep the cluster's data in etcd on the control-plane nodes: an even number survives no more losses than the odd number below it, and k3s' single server with SQLite cannot be joined by others.",
    fix: "Use 1, 3, 5 or 7 control-plane nodes.",
  },
  AS1251: {
    title: "the cluster's networks overlap",
    why: "Pods, services and nodes are told apart by address, so each has a network of its own.",
    fix: "Choose networks that do not overlap, none of them that of the nodes.",
  },
  AS1252: {
    title: "a network that is too small",
    why: "Every node gets a part of the pods' network, and every service an address of the services' network.",
    fix: "Use a larger network: a shorter prefix.",
  },
  AS1253: {
    title: "an address outside of its network",
    why: "The DNS service of the cluster has an address of the services' network.",
    fix: "Choose an address of the network, but not its first two.",
  },
  AS1254: {
    title: "the token is no secret variable",
    why: "Whoever has the token can join the cluster, so that it is written nowhere: the deployment names a variable of bootstrap.secretVars, whose value Terraform takes from TF_VAR_name.",
    fix: "Add the named variable to bootstrap.secretVars.",
  },
  AS1255: {
    title: "an option that Armstead sets itself",
    why: "Servers, tokens, addresses and node names follow from the cluster: a second value would contradict it.",
    fix: "Remove the option.",
  },
  AS1256: {
    title: "registries.runtimes does not fit the deployment",
    why: "Every runtime reads mirrors from files of its own, which are written for those that registries.runtimes names. The deployment decides which one pulls its images, and which others may be on its nodes.",
    fix: "Leave registries.runtimes out: it is the deployment's runtime then. Else name that one, and none that the deployment has no use for.",
  },
  AS1260: {
    title: "versions that may not be together",
    why: "kubelets may be up to three minor versions older than the API server and never newer, kubectl one to either side, and kubeadm has the version that it sets up.",
    fix: "Use versions within the policy, best the same.",
  },
  AS1261: {
    title: "a version that this format cannot set up",
    why: "The configuration is written as kubeadm.k8s.io/v1beta4, which kubeadm knows from 1.31 on.",
    fix: "Use Kubernetes 1.31 or later.",
  },
  AS1262: {
    title: "no endpoint of the control plane",
    why: "Nodes and further control-plane nodes reach the API server by one name or address, which cannot be changed later; the first node's own would end with that node.",
    fix: "Give controlPlaneEndpoint: a DNS name or a virtual address, with the port when it is not 6443.",
  },
  AS1263: {
    title: "a runtime that the version of kubelet cannot use",
    why: "The kubelet speaks version 1 of the runtime's interface only, which containerd has since 1.6, and needs containerd 2 from Kubernetes 1.36 on.",
    fix: "Use a newer containerd.",
  },
} as const satisfies Record<string, CodeEntry>;
