/** The lab's own endpoints below `/_lab`: status, and faults to be injected. No part of the service's API. */
import { mapBounded } from "../../core/bounded";
import { LAB_SSH_PORT } from "../../core/lab-defaults";
import { IPXE_SLUG } from "../catalogue/systems";
import { machineSpec } from "../engine/machine-spec";
import { faultRuleSchema } from "../faults";
import { NOTHING } from "../http/answers";
import { ADMIN_PREFIX } from "../http/api-server";
import { readBody } from "../http/body";
import type { RequestCounts } from "../http/request-counts";
import type { Answer, Desk, LabRequest, Route } from "../http/route";
import type { LabStatus, MachineStatus } from "../lab-status";
import type { DeviceRecord } from "../store/records";

/** Machines asked at once whether they run. */
const PARALLEL_LOOKS = 16;

/** Routes of this file. @param counts - what the server counts */
export function adminRoutes(counts: RequestCounts): readonly Route[] {
  return [
    { method: "GET", path: `${ADMIN_PREFIX}/status`, handler: (desk) => readStatus(desk, counts) },
    { method: "GET", path: `${ADMIN_PREFIX}/faults`, handler: listFaults },
    { method: "POST", path: `${ADMIN_PREFIX}/faults`, handler: addFault },
    { method: "DELETE", path: `${ADMIN_PREFIX}/faults`, handler: clearFaults },
    { method: "DELETE", path: `${ADMIN_PREFIX}/faults/:id`, handler: clearFaults },
  ];
}

async function readStatus(desk: Desk, counts: RequestCounts): Promise<Answer> {
  const { driver, store } = desk;
  const devices = store.devices.all();
  const machines = await mapBounded(devices, PARALLEL_LOOKS, (it) => machineStatus(desk, it));
  const folders = await driver.list();
  const status: LabStatus = {
    driver: driver.kind,
    architecture: driver.architecture,
    description: driver.description,
    pid: process.pid,
    devices: machines,
    projects: store.projects.all().length,
    sshKeys: store.sshKeys.all().length,
    leftovers: folders.filter((id) => store.devices.tryGet(id) === undefined),
    requests: counts.all(),
    faults: [...desk.faults.list()],
  };
  return { status: 200, body: status };
}

async function machineStatus(desk: Desk, device: DeviceRecord): Promise<MachineStatus> {
  const { driver, settings } = desk;
  const { id, hostname, state, plan, system, metro, address, privateAddress, projectId } = device;
  // What boots a script of the user's has no machine here.
  const spec = system === IPXE_SLUG ? undefined : machineSpec(device, settings());
  return {
    id,
    hostname,
    state,
    hidden: device.hidden !== undefined,
    projectId,
    plan,
    system,
    metro,
    address,
    sshPort: LAB_SSH_PORT,
    privateAddress,
    running: spec !== undefined && (await driver.isRunning(spec)),
    console: driver.consoleFile(id),
    hostKey: device.hostKey ?? null,
    tags: device.tags,
  };
}

function listFaults({ faults }: Desk): Answer {
  return { status: 200, body: { faults: faults.list() } };
}

function addFault(desk: Desk, request: LabRequest): Answer {
  const rule = readBody(faultRuleSchema, request.body);
  return { status: 201, body: desk.faults.add(rule) };
}

function clearFaults({ faults }: Desk, { id }: LabRequest): Answer {
  faults.clear(id === "" ? undefined : Number(id));
  return NOTHING;
}
