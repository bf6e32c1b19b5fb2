/** Steps between a central site and its subclouds. Source: distributed cloud guide; distcloud-client, subcloud commands. */
import { formatAddress } from "../../../../cluster/ip/address";
import {
  findNetwork,
  oamOf,
  partsOf,
  subnetsOf,
} from "../../../../cluster/deployments/starlingx/networks";
import type { Host, Site } from "../../../../cluster/deployments/starlingx/site";
import { isUnlocked } from "./host-state";
import { interfaceWith, planOf } from "./plan";
import { row, type Step, step } from "./step";

const LIST = ["dcmanager", "subcloud", "list"];
/** dcmanager bootstraps over the network. */
const ADD_SECONDS = 2 * 60 * 60;
const ONLINE_SECONDS = 30 * 60;
const FAILED = [
  "create-failed",
  "pre-install-failed",
  "install-failed",
  "pre-bootstrap-failed",
  "bootstrap-failed",
  "pre-config-failed",
  "config-failed",
];

/** File of a subcloud's bootstrap values, in the home folder of controller-0 of the central site. */
export function valuesFile({ subcloud }: Site): string {
  return `${subcloud?.name ?? ""}-bootstrap-values.yml`;
}

/** The central site takes the subcloud in, and bootstraps it. */
export function addSubcloud(central: Site, site: Site): Step {
  const name = site.subcloud?.name ?? "";
  const { floating = "", controllers = [] } = oamOf(site);
  const [address = ""] = partsOf(controllers[0] ?? floating);
  const isAdded = row(LIST, { name });
  return step({
    id: `subcloud_add(${name})`,
    title: `dcmanager adds and bootstraps ${name}`,
    on: planOf(central).on,
    done: [row(LIST, { name, "deploy status": "complete" })],
    gates: [{ that: isUnlocked("controller-0"), else: "the central site is not unlocked" }],
    commands: [
      {
        argv: [
          "dcmanager",
          "subcloud",
          "add",
          "--bootstrap-address",
          address,
          "--bootstrap-values",
          valuesFile(site),
          "--sysadmin-password",
          { secret: "sysadmin" },
        ],
        unless: isAdded,
      },
    ],
    wait: {
      until: [row(LIST, { name, "deploy status": "complete" })],
      giveUp: [row(LIST, { name, "deploy status": FAILED })],
      seconds: ADD_SECONDS,
    },
  });
}

/** The central site manages the subcloud from then on. */
export function manageSubcloud(central: Site, site: Site): Step[] {
  const name = site.subcloud?.name ?? "";
  if (site.subcloud?.manage === false) return [];
  const on = planOf(central).on;
  const isManaged = row(LIST, { name, management: "managed" });
  const online = row(LIST, { name, availability: "online", "deploy status": "complete" });
  return [
    step({
      id: `subcloud_online(${name})`,
      title: `${name} answers the central site`,
      on,
      done: [online],
      wait: { until: [online], seconds: ONLINE_SECONDS },
    }),
    step({
      id: `subcloud_manage(${name})`,
      title: `the central site manages ${name}`,
      on,
      done: [isManaged],
      gates: [{ that: online, else: `${name} is not online and complete` }],
      commands: [{ argv: ["dcmanager", "subcloud", "manage", name] }],
      wait: { until: [isManaged], seconds: 120 },
    }),
  ];
}

/** Routes from every host of a subcloud to the central management network. */
export function routesToCentral(central: Site, site: Site): Step[] {
  return site.hosts.flatMap((host) => {
    const route = routeOf(central, site, host);
    return route ? [routeStep(site, host, route)] : [];
  });
}

interface Route {
  readonly port: string;
  readonly network: string;
  readonly prefix: string;
  readonly gateway: string;
}

function routeOf(central: Site, site: Site, host: Host): Route | undefined {
  const target = findNetwork(central, "management");
  const [subnet] = target ? subnetsOf(target) : [];
  const admin = host.personality === "controller" ? findNetwork(site, "admin") : undefined;
  const own = admin ?? findNetwork(site, "management");
  if (subnet === undefined || own?.gateway === undefined) return undefined;
  const port = interfaceWith(site, host, admin ? "admin" : "mgmt") ?? "mgmt0";
  const [gateway = ""] = partsOf(own.gateway);
  return { port, network: formatAddress(subnet.base), prefix: String(subnet.prefix), gateway };
}

function routeStep(
  site: Site,
  { hostname }: Host,
  { port, network, prefix, gateway }: Route,
): Step {
  const isSo = row(["system", "host-route-list", hostname], { network, prefix, gateway });
  return step({
    id: `route(${hostname})`,
    title: `${hostname} reaches the central site`,
    on: planOf(site).on,
    done: [isSo],
    commands: [{ argv: ["system", "host-route-add", hostname, port, network, prefix, gateway] }],
  });
}
