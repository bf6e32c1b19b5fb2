/** All sets of requirements, by name. Data only; a set is a file of its own. */
import { DOCKER } from "./docker";
import { K3S } from "./k3s";
import { K8S } from "./k8s";
import { REALTIME } from "./realtime";
import type { RequirementSet, SetName } from "./requirement";

/** In the order in which they are shown. */
export const REQUIREMENT_SETS: Readonly<Record<SetName, RequirementSet>> = {
  docker: DOCKER,
  k8s: K8S,
  k3s: K3S,
  realtime: REALTIME,
};
