/** Resource limits that linuxkit knows. Data only. Source: linuxkit/linuxkit, src/cmd/linuxkit/moby/config.go. */

/** Names without `RLIMIT_`, which may stand in front. */
export const RESOURCE_LIMITS: readonly string[] = [
  "CPU",
  "FSIZE",
  "DATA",
  "STACK",
  "CORE",
  "RSS",
  "NPROC",
  "NOFILE",
  "MEMLOCK",
  "AS",
  "LOCKS",
  "SIGPENDING",
  "MSGQUEUE",
  "NICE",
  "RTPRIO",
  "RTTIME",
];
