/**
 * Steps of kernel tuning, before the unlock that it takes effect with: isolated processors, and huge pages of processor 0. Source:
 * docs.starlingx.io, "Isolate the CPU cores to enhance application performance" and "Allocate host memory using the CLI".
 */
import type { Host } from "../../../../cluster/deployments/starlingx/site";
import { parseCpuList } from "../../../../cluster/tuning";
import { isReady } from "./host-state";
import type { SitePlan } from "./plan";
import { row, type Step, step } from "./step";

/** Where the huge pages are: the processor of machines with one. */
const PROCESSOR = "0";

/** See the header. */
export function tuning(plan: SitePlan, host: Host): Step[] {
  return [...isolatedCpus(plan, host), ...hugePages(plan, host)];
}

function isolatedCpus({ on }: SitePlan, { hostname, tuned }: Host): Step[] {
  const list = tuned?.isolatedCpus;
  if (list === undefined) return [];
  return [
    step({
      id: `isolated_cpus(${hostname})`,
      title: `processors ${list} of ${hostname} are isolated`,
      on,
      done: [
        {
          kind: "values",
          column: "log_core",
          values: (parseCpuList(list) ?? []).map(String),
          ask: ["system", "host-cpu-list", "--nowrap", hostname],
          where: { assigned_function: ["Application-isolated"] },
        },
      ],
      gates: [locked(hostname)],
      commands: [
        { argv: ["system", "host-cpu-modify", "-f", "application-isolated", "-c", list, hostname] },
      ],
    }),
  ];
}

function hugePages({ on }: SitePlan, { hostname, tuned }: Host): Step[] {
  const list = ["system", "host-memory-list", "--nowrap", hostname];
  return (tuned?.hugePages ?? []).map(({ size, count }) => {
    const there = `app_hp_total_${size}`;
    const pending = `app_hp_pending_${size}`;
    const pages = String(count);
    return step({
      id: `huge_pages(${hostname})`,
      title: `${hostname} sets ${pages} huge pages of ${size} aside`,
      on,
      done: [row(list, { processor: PROCESSOR, [there]: pages, [pending]: ["None", pages] })],
      gates: [locked(hostname)],
      commands: [
        {
          argv: ["system", "host-memory-modify", `-${size}`, pages, hostname, PROCESSOR],
          unless: row(list, { processor: PROCESSOR, [pending]: pages }),
        },
      ],
    });
  });
}

function locked(hostname: string): Step["gates"][number] {
  return { that: isReady(hostname), else: `${hostname} is not locked and online` };
}
