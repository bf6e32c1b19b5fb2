/** AS1355 to AS1358: kernel tuning of StarlingX hosts. Data only. */
import type { CodeEntry } from "./entry";

/** See the header. */
export const STARLINGX_TUNING_CODES = {
  AS1355: {
    title: "kernel tuning on a host that runs no workloads",
    why: "StarlingX gives out processors and huge pages on hosts with the worker subfunction alone: workers, and controllers of All-in-one (starlingx/config, cpu and memory).",
    fix: "Remove tuning from the pool, or give it to the pool of workers.",
  },
  AS1356: {
    title: "kernel tuning that StarlingX has no command for",
    why: "Its commands assign processors to functions, and huge pages of 2 MiB or 1 GiB, one of the two sizes a host. All else of the command line follows from that.",
    fix: "Follow what the message proposes.",
  },
  AS1357: {
    title: "too many isolated processors",
    why: "The platform keeps processors for itself, two on All-in-one controllers and one on workers, and at least one has to be left for other workloads (starlingx/config, cpu_utils).",
    fix: "Isolate fewer.",
  },
  AS1358: {
    title: "isolated processors that no pod can ask for",
    why: "Kubernetes hands out isolated processors only with the static policy of its CPU manager (docs.starlingx.io, isolate the CPU cores).",
    fix: "Set the label kube-cpu-mgr-policy=static for the role or the pool.",
  },
} as const satisfies Record<string, CodeEntry>;
