/**
 * What Docker Engine asks of a kernel. Source: moby/moby, contrib/check-config.sh at 00148c88; what
 * its 1.10 asked of old kernels is among it ("Getting Docker running on a high-density ARMv8
 * development board from HiSilicon", 2016). Its exit code is not followed: it fails on options that
 * kernels have no more, and passes without any storage driver. Not judged, since no config shows it:
 * ZFS, AppArmor's tools, mounted cgroup controllers, the limit of keys.
 */
import { obsolete, oneOf, optional, required, type RequirementSet } from "./requirement";

/** See the header. */
export const DOCKER: RequirementSet = {
  name: "docker",
  title: "Docker Engine",
  requirements: [
    ...required(["NAMESPACES", "NET_NS", "PID_NS", "IPC_NS", "UTS_NS", "CGROUPS", "CGROUP_SCHED"]),
    ...required(["KEYS", "VETH", "BRIDGE", "BRIDGE_NETFILTER"]),
    ...required(["IP_NF_FILTER", "IP_NF_MANGLE", "IP_NF_TARGET_MASQUERADE"]),
    ...required(["IP6_NF_FILTER", "IP6_NF_MANGLE", "IP6_NF_TARGET_MASQUERADE"]),
    ...required(["NETFILTER_XT_MATCH_ADDRTYPE", "NETFILTER_XT_MATCH_CONNTRACK"]),
    ...required(["NETFILTER_XT_MATCH_IPVS", "NETFILTER_XT_MARK"]),
    ...required(["IP_NF_RAW", "IP_NF_NAT", "NF_NAT", "IP6_NF_RAW", "IP6_NF_NAT", "POSIX_MQUEUE"]),
    ...required(["CGROUP_FREEZER", "CGROUP_DEVICE", "CPUSETS", "CGROUP_CPUACCT", "MEMCG"], {
      cgroup: 1,
    }),
    ...required(["DEVPTS_MULTIPLE_INSTANCES"], { before: "4.8" }),
    ...required(["NF_NAT_IPV4"], { before: "5.2" }),
    ...required(["NF_NAT_NEEDED"], { before: "5.3" }),
    ...required(["CGROUP_BPF"], { from: "4.15" }),
    // Any one of the drivers will do.
    oneOf("required", ["OVERLAY_FS", ["BTRFS_FS", "BTRFS_FS_POSIX_ACL"]]),
    ...optional(["USER_NS", "SECCOMP", "SECCOMP_FILTER"]),
    ...optional(["CGROUP_PIDS", "CGROUP_HUGETLB"], { cgroup: 1 }),
    obsolete("MEMCG_SWAP", { from: "6.1", because: "always on, without an option" }),
    ...optional(["MEMCG_SWAP_ENABLED"], { before: "5.9" }),
    ...optional(["MEMCG_KMEM"], { before: "4.6" }),
    ...optional(["RESOURCE_COUNTERS"], { before: "3.19" }),
    ...optional(["IOSCHED_CFQ", "CFQ_GROUP_IOSCHED"], { before: "5.0" }),
    ...optional(["BLK_CGROUP", "BLK_DEV_THROTTLING", "CGROUP_PERF", "NET_CLS_CGROUP"]),
    oneOf("optional", ["CGROUP_NET_PRIO", "NETPRIO_CGROUP"]),
    ...optional(["CFS_BANDWIDTH", "FAIR_GROUP_SCHED", "IP_NF_TARGET_REDIRECT"]),
    ...optional(["IP_VS", "IP_VS_NFCT", "IP_VS_PROTO_TCP", "IP_VS_PROTO_UDP", "IP_VS_RR"]),
    ...optional(["SECURITY_SELINUX", "SECURITY_APPARMOR"]),
    oneOf("optional", ["LEGACY_VSYSCALL_EMULATE", "LEGACY_VSYSCALL_XONLY"], {
      architecture: "amd64",
      from: "4.4",
    }),
    ...optional(["EXT3_FS", "EXT3_FS_XATTR", "EXT3_FS_POSIX_ACL", "EXT3_FS_SECURITY"], {
      without: { option: "EXT4_USE_FOR_EXT2", because: "ext4 drives ext3 as well" },
    }),
    ...optional(["EXT4_FS", "EXT4_FS_POSIX_ACL", "EXT4_FS_SECURITY"]),
    ...optional(["VXLAN", "BRIDGE_VLAN_FILTERING"]),
    ...optional(["CRYPTO", "CRYPTO_AEAD", "CRYPTO_GCM", "CRYPTO_SEQIV", "CRYPTO_GHASH"]),
    ...optional(["XFRM", "XFRM_USER", "XFRM_ALGO", "INET_ESP", "NETFILTER_XT_MATCH_BPF"]),
    ...optional(["INET_XFRM_MODE_TRANSPORT"], { before: "5.4" }),
    ...optional(["IPVLAN", "MACVLAN", "DUMMY"]),
    ...optional(["NF_NAT_FTP", "NF_CONNTRACK_FTP", "NF_NAT_TFTP", "NF_CONNTRACK_TFTP"]),
    ...optional(["OVERLAY_FS", "BTRFS_FS", "BTRFS_FS_POSIX_ACL"]),
  ],
};
