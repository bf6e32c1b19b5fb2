/** All steps of a cluster, in stages: what one stage does, the next relies on. Pure. */
import type { ClusterSpec } from "../../../../cluster";
import { sitesOf } from "../../../../cluster/deployments/starlingx/site";
import { siteSteps } from "./site-steps";
import type { Step } from "./step";
import { addSubcloud, manageSubcloud, routesToCentral } from "./subcloud-steps";

/** Steps that are carried out one after the other on each node, side by side on several. */
export interface Stage {
  readonly name: "site" | "add" | "subclouds" | "manage";
  readonly steps: readonly Step[];
}

/** Stages of a cluster; those without steps are left out. */
export function stagesOf(cluster: ClusterSpec): Stage[] {
  const [central, ...subclouds] = sitesOf(cluster);
  if (central === undefined) return [];
  const stages: Stage[] = [
    { name: "site", steps: siteSteps(central) },
    { name: "add", steps: subclouds.map((it) => addSubcloud(central, it)) },
    {
      name: "subclouds",
      steps: subclouds.flatMap((it) => [...siteSteps(it), ...routesToCentral(central, it)]),
    },
    { name: "manage", steps: subclouds.flatMap((it) => manageSubcloud(central, it)) },
  ];
  return stages.filter(({ steps }) => steps.length > 0);
}
