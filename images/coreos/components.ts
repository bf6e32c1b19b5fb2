/**
 * What was ported to ARM64 for the CoreOS image of 2015, and which of it was seen working. Source: "CoreOS ARM64 QEMU
 * image", P. Varakur and R. Santhanam, 2015-06-01 (varakur/arm64-coreos on Docker Hub). Its list is numbered up to 22
 * and has no number 15: there are 21 components. Successors: flatcar.org/docs/latest and the components' own sites.
 */
import type { Component } from "../family";

/** A component with its number in the list. */
export interface NumberedComponent extends Component {
  readonly row: number;
}

/** See the header. */
export const COREOS_COMPONENTS: readonly NumberedComponent[] = [
  { row: 1, name: "systemd", purpose: "init", tested: true },
  {
    row: 2,
    name: "etcd",
    purpose: "key-value store",
    tested: true,
    successor: "etcd 3, as etcd-member.service or a container image",
  },
  {
    row: 3,
    name: "fleet",
    purpose: "scheduler of units",
    tested: true,
    successor: "none: Container Linux dropped it in 2018; Kubernetes, or systemd alone",
  },
  {
    row: 4,
    name: "docker",
    purpose: "container engine",
    tested: true,
    successor: "docker or containerd, both of which Flatcar has",
  },
  {
    row: 5,
    name: "rkt",
    purpose: "container engine",
    tested: false,
    successor: "none: archived in 2020; docker or containerd",
  },
  { row: 6, name: "grub2", purpose: "boot loader", tested: true },
  { row: 7, name: "core-admin", purpose: "update service", tested: false, successor: "nebraska" },
  {
    row: 8,
    name: "coreos-cloudinit",
    purpose: "provisioning",
    tested: false,
    successor: "ignition",
  },
  {
    row: 9,
    name: "coreos-cloudinit-validator",
    purpose: "provisioning",
    tested: false,
    successor: "butane --strict, ignition-validate",
  },
  { row: 10, name: "coretest", tested: false },
  { row: 11, name: "etcd-ca", tested: false },
  { row: 12, name: "etcdctl", tested: false },
  { row: 13, name: "etcd-starter", tested: false },
  {
    row: 14,
    name: "flannel",
    purpose: "network of containers",
    tested: false,
    successor: "flannel as a CNI plugin",
  },
  {
    row: 16,
    name: "ignition",
    purpose: "provisioning",
    tested: false,
    successor: "ignition 2, with configs of version 3",
  },
  { row: 17, name: "mayday", tested: false },
  { row: 18, name: "nova-agent-watcher", tested: false },
  { row: 19, name: "nsproxy", tested: false },
  { row: 20, name: "sdnotify-proxy", tested: false },
  { row: 21, name: "subgun", tested: false },
  {
    row: 22,
    name: "updateservicectl",
    purpose: "update service",
    tested: false,
    successor: "nebraska's command",
  },
];

/** Tools that the image has beside them. */
export const COREOS_TOOLS = [
  "go",
  "curl",
  "sshd",
  "nano",
  "squashfs-tools",
  "gpg",
  "iptables",
] as const;
