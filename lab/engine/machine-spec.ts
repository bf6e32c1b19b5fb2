/** The machine of a device, as the driver needs it: put together anew each time, so that changes count at the next boot. */
import { LAB_SSH_PORT } from "../../core/lab-defaults";
import { Bug } from "../../core/faults";
import { tryFindPlan } from "../catalogue/plans";
import { machineSystem } from "../catalogue/systems";
import type { MachineSpec } from "../machine-driver";
import type { DeviceRecord, SettingsRecord } from "../store/records";

/** @throws Bug when the device's plan is no server */
export function machineSpec(
  device: DeviceRecord,
  settings: Pick<SettingsRecord, "nodePort" | "switchPort">,
): MachineSpec {
  const size = tryFindPlan(device.plan)?.machine;
  if (size === undefined) throw new Bug(`no machine has the plan ${device.plan}`);
  return {
    id: device.id,
    hostname: device.hostname,
    system: machineSystem(device.system),
    address: device.address,
    sshPort: LAB_SSH_PORT,
    privateAddress: device.privateAddress,
    authorizedKeys: device.authorizedKeys,
    ...size,
    userdata: device.userdata,
    nodePort: settings.nodePort,
    switchPort: settings.switchPort,
    lanPort: device.lanPort,
  };
}
