/** Steps by which further hosts come in: told beforehand, or discovered when they boot. Source: host inventory pages of the guides. */
import type { Host } from "../../../../cluster/deployments/starlingx/site";
import { discovered, HOST_LIST, isInstalled, isUnlocked } from "./host-state";
import { LAB_COMMAND } from "./host-steps";
import { macOf, type SitePlan } from "./plan";
import { type Condition, row, type Step, step } from "./step";

/** Seconds that a machine has to boot from the network, and to be installed. */
const BOOT_SECONDS = 30 * 60;
const INSTALL_SECONDS = 90 * 60;
/** The lab's single machine without an address of its own. */
const LAB_MAC = "52:54:00:00:00:02";

/** Every step from the machine that is off to the locked host that is online. */
export function enrol(plan: SitePlan, hosts: readonly Host[]): Step[] {
  const isToldBefore = plan.site.options.enrol === "pre-add";
  return [
    ...(isToldBefore ? hosts.map((it) => preAdd(plan, it)) : []),
    ...hosts.map((it) => powerOn(plan, it)),
    ...(isToldBefore
      ? []
      : [
          ...hosts.map((it) => discover(plan, it)),
          // Storage hosts get their numbers in this order, so each waits for the one before.
          ...hosts.map((it) => setPersonality(plan, it)),
        ]),
    ...hosts.map((it) => waitInstalled(plan, it)),
  ];
}

function hasName({ hostname }: Host): Condition {
  return row(HOST_LIST, { hostname });
}

/** Whether the host has its name, and is the right machine where that is known. */
function isIt({ site }: SitePlan, host: Host): Condition {
  const mac = macOf(site, host);
  return row(HOST_LIST, {
    hostname: host.hostname,
    personality: host.personality,
    ...(mac === undefined ? {} : { mgmt_mac: mac }),
  });
}

function preAdd(plan: SitePlan, host: Host): Step {
  const { site, on } = plan;
  const { bootDevice, rootfsDevice, mac = "" } = site.options.hosts?.[host.node] ?? {};
  const isWorker = host.personality === "worker";
  return step({
    id: `pre_add(${host.hostname})`,
    title: `${host.hostname} is told beforehand`,
    on,
    done: [isIt(plan, host)],
    gates: [controllerGate()],
    commands: [
      {
        argv: [
          "system",
          "host-add",
          ...(isWorker ? ["-n", host.hostname] : []),
          "-p",
          host.personality,
          ...(isWorker && host.kernel === "realtime" ? ["-s", "lowlatency"] : []),
          ...(bootDevice === undefined ? [] : ["-b", bootDevice]),
          ...(rootfsDevice === undefined ? [] : ["-r", rootfsDevice]),
          "-m",
          mac,
        ],
      },
    ],
    wait: { until: [isIt(plan, host)], seconds: 60 },
  });
}

/** Machines are switched on by hands, which the lab has a command for. */
function powerOn({ site, on }: SitePlan, host: Host): Step {
  const mac = macOf(site, host) ?? LAB_MAC;
  return step({
    id: `power_on(${host.hostname})`,
    title: `${host.hostname} is switched on and boots from controller-0`,
    on,
    done: [isInstalled(host.hostname)],
    gates: [controllerGate()],
    commands: [{ argv: [LAB_COMMAND, "power-on", mac], onlyWith: LAB_COMMAND }],
  });
}

function discover(plan: SitePlan, host: Host): Step {
  const mac = macOf(plan.site, host);
  const { ask, where } = discovered(mac);
  const names = ["None", host.hostname];
  const appeared: Condition = { kind: "row", ask, where: { ...where, hostname: names } };
  return step({
    id: `discover(${host.hostname})`,
    title: `${host.hostname} shows up in the host list`,
    on: plan.on,
    done: [appeared],
    wait: { until: [appeared], seconds: BOOT_SECONDS },
  });
}

function setPersonality(plan: SitePlan, host: Host): Step {
  const { hostname, personality } = host;
  return step({
    id: `set_personality(${hostname})`,
    title: `${hostname} is told what it is`,
    on: plan.on,
    done: [hasName(host)],
    lookUps: [{ ref: "host_id", column: "id", ...discovered(macOf(plan.site, host)) }],
    commands: [
      {
        argv: [
          "system",
          "host-update",
          { ref: "host_id" },
          `personality=${personality}`,
          ...(personality === "worker" ? [`hostname=${hostname}`] : []),
        ],
      },
    ],
    wait: { until: [isIt(plan, host)], seconds: 60 },
  });
}

function waitInstalled({ on }: SitePlan, { hostname }: Host): Step {
  return step({
    id: `wait_installed(${hostname})`,
    title: `${hostname} is installed`,
    on,
    done: [isInstalled(hostname)],
    wait: { until: [isInstalled(hostname)], seconds: INSTALL_SECONDS },
  });
}

function controllerGate(): Step["gates"][number] {
  return {
    that: isUnlocked("controller-0"),
    else: "controller-0 is not unlocked and enabled, so no machine boots from it",
  };
}
