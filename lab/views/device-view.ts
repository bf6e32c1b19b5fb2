/** Devices and their events on the wire (contract 4.2). */
import { tryFindFacility, tryFindMetro } from "../catalogue/locations";
import { tryFindPlan } from "../catalogue/plans";
import { tryFindSystem } from "../catalogue/systems";
import { Bug } from "../../core/faults";
import type { LabContext } from "../context";
import { percentage } from "../engine/provisioning-steps";
import type { DeviceRecord, EventRecord, ProvisioningStep } from "../store/records";
import { userLite } from "./account-view";
import { facilityView, metroView, planView, systemView } from "./catalogue-view";
import { ref } from "./href";
import { iqnOf } from "./metadata-view";
import { assignmentView, portView } from "./network-view";

/** Device → wire, with what the service embeds by default. */
export function deviceView(context: LabContext, device: DeviceRecord): object {
  const { store } = context;
  const { id, projectId } = device;
  const addresses = device.networkReady ? store.assignments.of(id) : [];
  return {
    ...plainFields(device),
    ...placeFields(device),
    created_by: userLite(context),
    project: ref("projects", projectId),
    project_lite: ref("projects", projectId),
    ip_addresses: addresses.map((it) => assignmentView(context, it)),
    network_ports: store.ports.of(id).map((it) => portView(context, it)),
    provisioning_events: device.steps.map((it) => stepView(it, device)),
    ssh_keys: device.sshKeyIds
      .filter((it) => store.sshKeys.tryGet(it))
      .map((it) => ref("ssh-keys", it)),
    hardware_reservation: null,
    ...(isProvisioning(device) ? { provisioning_percentage: percentage(device.steps) } : {}),
    href: ref("devices", id).href,
  };
}

/** Event → wire. */
export function eventView({ settings }: LabContext, event: EventRecord): object {
  return {
    id: event.id,
    type: event.type,
    body: event.body,
    interpolated: event.body,
    state: event.state,
    ip: event.ip,
    created_at: event.createdAt,
    modified_by: ref("users", settings().userId),
    relationships: [ref("devices", event.deviceId), ref("projects", event.projectId)],
    href: ref("events", event.id).href,
  };
}

function plainFields(device: DeviceRecord): object {
  const shortId = device.id.slice(0, 8);
  return {
    id: device.id,
    short_id: shortId,
    hostname: device.hostname,
    description: device.description,
    state: device.state,
    tags: device.tags,
    billing_cycle: device.billingCycle,
    user: "root",
    iqn: iqnOf(device),
    image_url: null,
    locked: device.locked,
    network_frozen: device.networkFrozen,
    bonding_mode: 4,
    userdata: device.userdata,
    customdata: device.customdata,
    always_pxe: device.alwaysPxe,
    ipxe_script_url: device.ipxeScriptUrl,
    storage: null,
    volumes: [],
    actions: [],
    spot_instance: device.spotInstance,
    spot_price_max: null,
    termination_time: device.terminationTime,
    switch_uuid: shortId,
    sos: `sos.${device.facility}.lab.invalid`,
    created_at: device.createdAt,
    updated_at: device.updatedAt,
  };
}

function placeFields(device: DeviceRecord): object {
  const plan = tryFindPlan(device.plan);
  const system = tryFindSystem(device.system);
  const facility = tryFindFacility(device.facility);
  const metro = tryFindMetro(device.metro);
  if (!plan || !system || !facility || !metro) throw new Bug(`device ${device.id} is off the list`);
  return {
    plan: planView(plan),
    operating_system: systemView(system),
    facility: facilityView(facility),
    metro: metroView(metro),
  };
}

function stepView(step: ProvisioningStep, { id, projectId, address }: DeviceRecord): object {
  return {
    id: step.id,
    type: step.type,
    body: step.body,
    interpolated: step.body,
    state: step.id === null ? null : "provisioning",
    created_at: step.at,
    ip: step.id === null ? null : address,
    modified_by: {},
    relationships: [ref("devices", id), ref("projects", projectId)],
    ...(step.id === null ? {} : ref("events", step.id)),
  };
}

function isProvisioning({ state }: DeviceRecord): boolean {
  return state === "queued" || state === "provisioning" || state === "reinstalling";
}
