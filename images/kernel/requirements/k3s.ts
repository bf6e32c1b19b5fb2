/**
 * What k3s asks of a kernel. Source: k3s-io/k3s, contrib/util/check-config.sh at 06441e84. Not judged,
 * since no config shows it: iptables' version, swap, routes, ports, the limit of keys.
 */
import { obsolete, optional, required, type RequirementSet } from "./requirement";

/** See the header. */
export const K3S: RequirementSet = {
  name: "k3s",
  title: "k3s",
  requirements: [
    ...required(["NAMESPACES", "NET_NS", "PID_NS", "IPC_NS", "UTS_NS", "CGROUPS", "CGROUP_PIDS"]),
    ...required(["CGROUP_CPUACCT", "CGROUP_DEVICE", "CGROUP_FREEZER", "CGROUP_SCHED", "CPUSETS"]),
    ...required(["MEMCG", "SECCOMP", "KEYS", "VETH", "BRIDGE", "BRIDGE_NETFILTER"]),
    ...required(["IP_NF_FILTER", "IP_NF_TARGET_MASQUERADE", "IP_NF_TARGET_REJECT"]),
    ...required(["NETFILTER_XT_MATCH_ADDRTYPE", "NETFILTER_XT_MATCH_CONNTRACK"]),
    ...required(["NETFILTER_XT_MATCH_IPVS", "NETFILTER_XT_MATCH_COMMENT"]),
    ...required(["NETFILTER_XT_MATCH_MULTIPORT", "NETFILTER_XT_MATCH_STATISTIC"]),
    ...required(["IP_NF_NAT", "NF_NAT", "POSIX_MQUEUE"]),
    ...optional(["USER_NS", "BLK_CGROUP", "BLK_DEV_THROTTLING", "CGROUP_PERF", "CGROUP_HUGETLB"]),
    ...optional(["NET_CLS_CGROUP", "CGROUP_NET_PRIO", "CFS_BANDWIDTH", "FAIR_GROUP_SCHED"]),
    ...optional(["RT_GROUP_SCHED"], {
      without: { option: "PREEMPT_RT", because: "real-time kernels cannot have it" },
    }),
    ...optional(["MEMCG_KMEM"], { before: "4.6" }),
    ...optional(["RESOURCE_COUNTERS"], { before: "3.19" }),
    ...optional(["DEVPTS_MULTIPLE_INSTANCES"], { before: "4.8" }),
    ...optional(["IP_NF_TARGET_REDIRECT", "IP_SET"]),
    ...optional(["IP_VS", "IP_VS_NFCT", "IP_VS_PROTO_TCP", "IP_VS_PROTO_UDP", "IP_VS_RR"]),
    ...optional(["EXT4_FS", "EXT4_FS_POSIX_ACL", "EXT4_FS_SECURITY", "VXLAN"]),
    ...optional(["CRYPTO", "CRYPTO_AEAD", "CRYPTO_GCM", "CRYPTO_SEQIV", "CRYPTO_GHASH"]),
    ...optional(["XFRM", "XFRM_USER", "XFRM_ALGO", "INET_ESP"]),
    obsolete("INET_XFRM_MODE_TRANSPORT", { from: "5.4", because: "part of IPsec itself" }),
    ...optional(["OVERLAY_FS"]),
  ],
};
