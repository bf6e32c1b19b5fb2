/**
 * All steps of a site, in the order of its installation guide (aio_simplex, aio_duplex, aio_duplex_extend,
 * controller_storage, dedicated_storage). What is optional is left out, never moved.
 */
import { type Host, hostsWith, type Site } from "../../../../cluster/deployments/starlingx/site";
import { enrol } from "./enrol-steps";
import {
  bootstrap,
  dockerFs,
  hardware,
  installed,
  kernel,
  labels,
  ntp,
  unlock,
} from "./host-steps";
import { clusterHostIf, dataIfs, mgmtIfC0, oamIf, otherIfs } from "./network-steps";
import { planOf, type SitePlan } from "./plan";
import type { Step } from "./step";
import { backend, monitorOnWorker, osds, rookMonitor } from "./storage-steps";
import { tuning } from "./tuning-steps";

/** See the header. */
export function siteSteps(site: Site): Step[] {
  const plan = planOf(site);
  const [first, second] = hostsWith(site, "controller");
  if (first === undefined) return [];
  const begin = firstController(plan, first);
  switch (site.configuration.name) {
    case "aio-sx":
      return begin;
    case "aio-dx":
      return [...begin, ...secondController(plan, second)];
    case "aio-dx-workers":
      return [...begin, ...secondController(plan, second), ...laterWorkers(plan)];
    case "standard-controller-storage":
      return [...begin, ...controllerStorage(plan, first, second)];
    case "standard-dedicated-storage":
      return [...begin, ...dedicatedStorage(plan, second)];
  }
}

/** Up to the unlock of controller-0. */
function firstController(plan: SitePlan, host: Host): Step[] {
  const { site } = plan;
  const isAllInOne = site.configuration.systemType === "All-in-one";
  const leavesLo = site.configuration.name !== "aio-sx" || site.role === "subcloud";
  return [
    installed(plan, host),
    hardware(plan, host),
    bootstrap(plan),
    oamIf(plan, host),
    ...(leavesLo ? [mgmtIfC0(plan, host)] : []),
    ...otherIfs(plan, host),
    ntp(plan),
    ...dataIfs(plan, host),
    ...labels(plan, host),
    ...kernel(plan, host),
    ...tuning(plan, host),
    ...backend(plan),
    ...rookMonitor(plan, host),
    // Standard takes OSDs on controllers only with a third monitor.
    ...(isAllInOne || plan.storage.backend === "ceph-rook" ? osds(plan, host) : []),
    unlock(plan, host),
  ];
}

function secondController(plan: SitePlan, host: Host | undefined): Step[] {
  if (host === undefined) return [];
  return [
    hardware(plan, host),
    ...enrol(plan, [host]),
    ...controllerNetworks(plan, host),
    ...dataIfs(plan, host),
    ...labels(plan, host),
    ...dockerFs(plan, host),
    ...kernel(plan, host),
    ...tuning(plan, host),
    ...rookMonitor(plan, host),
    ...osds(plan, host),
    unlock(plan, host),
  ];
}

function controllerNetworks(plan: SitePlan, host: Host): Step[] {
  return [oamIf(plan, host), clusterHostIf(plan, host), ...otherIfs(plan, host)];
}

function laterWorkers(plan: SitePlan): Step[] {
  const workers = hostsWith(plan.site, "worker");
  return [
    ...workers.map((it) => hardware(plan, it)),
    ...enrol(plan, workers),
    ...configureWorkers(plan, workers),
  ];
}

function configureWorkers(plan: SitePlan, workers: readonly Host[]): Step[] {
  return [
    ...workers.map((it) => clusterHostIf(plan, it)),
    ...workers.flatMap((it) => dataIfs(plan, it)),
    ...workers.flatMap((it) => labels(plan, it)),
    ...workers.flatMap((it) => dockerFs(plan, it)),
    ...workers.flatMap((it) => kernel(plan, it)),
    ...workers.flatMap((it) => tuning(plan, it)),
    ...workers.flatMap((it) => rookMonitor(plan, it)),
    ...workers.flatMap((it) => osds(plan, it)),
    ...workers.map((it) => unlock(plan, it)),
  ];
}

/** Controller-1 of Standard: its OSDs come later, or never. */
function standardController(plan: SitePlan, host: Host): Step[] {
  const isRook = plan.storage.backend === "ceph-rook";
  return [
    ...controllerNetworks(plan, host),
    ...labels(plan, host),
    ...dockerFs(plan, host),
    ...rookMonitor(plan, host),
    ...(isRook ? osds(plan, host) : []),
    unlock(plan, host),
  ];
}

function controllerStorage(plan: SitePlan, first: Host, second: Host | undefined): Step[] {
  if (second === undefined) return [];
  const workers = hostsWith(plan.site, "worker");
  const others = [second, ...workers];
  const isCeph = plan.storage.backend === "ceph";
  return [
    ...others.map((it) => hardware(plan, it)),
    ...enrol(plan, others),
    ...standardController(plan, second),
    ...monitorOnWorker(plan),
    ...configureWorkers(plan, workers),
    ...(isCeph ? [...osds(plan, first), ...osds(plan, second)] : []),
  ];
}

function dedicatedStorage(plan: SitePlan, second: Host | undefined): Step[] {
  if (second === undefined) return [];
  const storage = hostsWith(plan.site, "storage");
  const workers = hostsWith(plan.site, "worker");
  const others = [second, ...storage, ...workers];
  return [
    ...others.map((it) => hardware(plan, it)),
    ...enrol(plan, others),
    ...standardController(plan, second),
    ...storage.map((it) => clusterHostIf(plan, it)),
    ...storage.flatMap((it) => labels(plan, it)),
    ...storage.flatMap((it) => osds(plan, it)),
    ...storage.map((it) => unlock(plan, it)),
    ...configureWorkers(plan, workers),
  ];
}
