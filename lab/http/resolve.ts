/** The full object behind an href, for `include`. What a caller may not see stays a reference. */
import { tryFindFacility, tryFindMetro } from "../catalogue/locations";
import { tryFindPlan } from "../catalogue/plans";
import type { LabContext } from "../context";
import { organizationView, projectView, sshKeyView, userLite } from "../views/account-view";
import { facilityView, metroView, planView } from "../views/catalogue-view";
import { deviceView, eventView } from "../views/device-view";
import { assignmentView, portView, reservationView, vlanView } from "../views/network-view";
import { maySee } from "./access";
import type { Resolve } from "./expand";
import type { Caller } from "./route";

type Finder = (id: string) => object | undefined;

/** @param caller - who asks: the walls between projects hold here too */
export function resolver(context: LabContext, caller: Caller): Resolve {
  const finders = { ...accountFinders(context, caller), ...machineFinders(context, caller) };
  return (href) => {
    const [, collection = "", id = ""] = /^\/(.+)\/([^/]+)$/.exec(href) ?? [];
    return Object.hasOwn(finders, collection) ? finders[collection]?.(id) : undefined;
  };
}

function accountFinders(context: LabContext, caller: Caller): Record<string, Finder> {
  const { store, settings } = context;
  return {
    users: (id) => (id === settings().userId ? userLite(context) : undefined),
    organizations: (id) =>
      id === settings().organizationId && caller.kind === "user"
        ? organizationView(context)
        : undefined,
    projects: (id) => {
      const project = store.projects.tryGet(id);
      return project && maySee(caller, id) ? projectView(context, project) : undefined;
    },
    "ssh-keys": (id) => {
      const key = store.sshKeys.tryGet(id);
      return key && maySee(caller, key.owner.id) ? sshKeyView(key) : undefined;
    },
    plans: (id) => viewOf(tryFindPlan(id), planView),
    facilities: (id) => viewOf(tryFindFacility(id), facilityView),
    "locations/metros": (id) => viewOf(tryFindMetro(id), metroView),
  };
}

function machineFinders(context: LabContext, caller: Caller): Record<string, Finder> {
  const { store } = context;
  const visible = (id: string): boolean => {
    const device = store.devices.tryGet(id);
    return device?.hidden === undefined && device !== undefined && maySee(caller, device.projectId);
  };
  return {
    devices: (id) => (visible(id) ? deviceView(context, store.devices.get(id)) : undefined),
    ports: (id) => {
      const port = store.ports.tryGet(id);
      return port && visible(port.deviceId) ? portView(context, port) : undefined;
    },
    events: (id) => {
      const event = store.events.tryGet(id);
      return event && visible(event.deviceId) ? eventView(context, event) : undefined;
    },
    "virtual-networks": (id) => {
      const vlan = store.vlans.tryGet(id);
      return vlan && maySee(caller, vlan.projectId) ? vlanView(context, vlan) : undefined;
    },
    ips: (id) => {
      const assignment = store.assignments.tryGet(id);
      if (assignment && visible(assignment.deviceId)) return assignmentView(context, assignment);
      const block = store.reservations.tryGet(id);
      return block && maySee(caller, block.projectId) ? reservationView(context, block) : undefined;
    },
  };
}

function viewOf<T>(value: T | undefined, view: (value: T) => object): object | undefined {
  return value === undefined ? undefined : view(value);
}
