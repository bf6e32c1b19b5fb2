/**
 * What real-time work asks of a kernel. Sources: linux, init/Makefile (what `uname -v` says),
 * Documentation/timers/highres.rst and no_hz.rst, and the parameters nohz_full, isolcpus, rcu_nocbs,
 * threadirqs and hugepages of Documentation/admin-guide/kernel-parameters.txt. StarlingX calls such a
 * kernel low-latency ("StarlingX on ARM"); Ubuntu's linux-lowlatency is none.
 */
import { oneOf, optional, required, type RequirementSet } from "./requirement";

/** See the header. */
export const REALTIME: RequirementSet = {
  name: "realtime",
  title: "real-time work",
  requirements: [
    {
      ...oneOf("required", ["PREEMPT_RT", "PREEMPT_RT_FULL"]),
      orWhen: ({ saysRealtime = false }) => saysRealtime,
    },
    ...required(["HIGH_RES_TIMERS"]),
    ...optional(["NO_HZ_FULL", "CPU_ISOLATION", "RCU_NOCB_CPU", "IRQ_FORCED_THREADING"]),
    ...optional(["HUGETLBFS", "NUMA", "VFIO"]),
  ],
};

/**
 * Whether `uname -v` names a real-time kernel: a word PREEMPT_RT, or PREEMPT and RT in old patches.
 * PREEMPT and PREEMPT_DYNAMIC are no real time. The text is cut at 64 characters, so that its
 * silence proves nothing.
 */
export function namesRealtime(unameVersion: string): boolean {
  return /(^|\s)PREEMPT[_ ]RT(\s|$)/.test(unameVersion);
}
