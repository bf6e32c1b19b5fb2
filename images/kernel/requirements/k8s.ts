/**
 * What Kubernetes asks of a kernel. Source: kubernetes/system-validators at 9040bc28 (its v1.12),
 * validators/types_unix.go, kernel_validator.go and cgroup_validator_linux.go. Not judged, since no
 * config shows it: which cgroup controllers are mounted.
 */
import { compareVersions, isBefore, type KernelVersion } from "../kernel-version";
import {
  type FactRequirement,
  obsolete,
  oneOf,
  optional,
  required,
  type RequirementSet,
} from "./requirement";

/** Long-term releases of Linux 5 that are accepted; all others of 5 and before are not. */
const LONG_TERM: readonly KernelVersion[] = [
  [5, 4],
  [5, 10],
  [5, 15],
];

const VERSION: FactRequirement = {
  kind: "fact",
  name: "kernel version",
  need: "required",
  purpose: "kubeadm and kubelet are tested with these kernels",
  holds: ({ version }) =>
    !isBefore(version, "6.0") || LONG_TERM.some((it) => compareVersions(it, version) === 0),
  wanted: "5.4, 5.10, 5.15, or 6.0 and later",
};

const CGROUP_2: FactRequirement = {
  kind: "fact",
  name: "cgroup version",
  need: "optional",
  purpose: "kubelet warns of version 1, and from 1.35 on refuses it unless failCgroupV1 is false",
  holds: ({ cgroup }) => cgroup === 2,
  wanted: "2",
};

/** See the header. */
export const K8S: RequirementSet = {
  name: "k8s",
  title: "Kubernetes",
  requirements: [
    VERSION,
    CGROUP_2,
    ...required(["NAMESPACES", "NET_NS", "PID_NS", "IPC_NS", "UTS_NS", "CPUSETS", "MEMCG"]),
    ...required(["INET", "EXT4_FS", "PROC_FS"]),
    oneOf("required", ["NETFILTER_XT_TARGET_REDIRECT", "IP_NF_TARGET_REDIRECT"]),
    ...required(["NETFILTER_XT_MATCH_COMMENT", "FAIR_GROUP_SCHED"]),
    ...required(["CGROUPS", "CGROUP_PIDS", "CGROUP_SCHED"]),
    ...required(["CGROUP_CPUACCT", "CGROUP_DEVICE", "CGROUP_FREEZER"], { cgroup: 1 }),
    ...required(["CGROUP_BPF"], { cgroup: 2 }),
    oneOf("optional", ["OVERLAY_FS", "OVERLAYFS_FS"]),
    obsolete("AUFS_FS", { because: "never was part of Linux; overlay has taken its place" }),
    ...optional(["BLK_DEV_DM", "CFS_BANDWIDTH", "SECCOMP", "SECCOMP_FILTER", "CGROUP_HUGETLB"]),
  ],
};
