/**
 * Updates a device in the order that the API allows: settle, change what changes in place (an unlock among
 * them), reinstall, power on, lock last. After each step what is true so far is kept.
 */
import type { Device, DeviceChanges } from "../../../api/api";
import { isApiFault } from "../../../api/fault";
import type { CallOptions } from "../../../core/bounded";
import type { WriteContext } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import type { ResourceEnvironment } from "../environment";
import { fromApi } from "./from-api";
import { checkHostKeys } from "./host-keys";
import type { DeviceArguments, DeviceModel } from "./model";
import { toChanges } from "./to-api";
import { wayTo } from "./way-to";
import { waitForState, type WaitContext } from "./wait";

/** See the header. */
export async function updateDevice(
  environment: ResourceEnvironment,
  { client: { api, environment: places }, signal, keep }: WriteContext<ProviderClient, DeviceModel>,
  wanted: DeviceArguments,
  state: DeviceModel,
): Promise<DeviceModel> {
  const context = { ...environment, api };
  const options = { signal };
  // Until they are checked the old keys stand.
  const pinned = { ...wanted, host_keys: state.host_keys };
  const stepDone = (device: Device): Device => {
    keep(fromApi(device, pinned));
    return device;
  };

  let device = await settle(context, await api.getDevice(state.id, options), options);
  const { locked, ...open } = toChanges(device, wanted, state);
  const unlock = locked === false ? { locked } : {};
  device = stepDone(await change(context, device, { ...open, ...unlock }, options));
  const reinstalls = device.operatingSystem !== wanted.operating_system;
  const wasActive = device.state === "active";
  if (reinstalls) device = stepDone(await reinstall(context, device, wanted, options));
  device = stepDone(await powerOn(context, device, options));
  if (locked === true) device = stepDone(await change(context, device, { locked }, options));

  const model = fromApi(device, wanted);
  if (wanted.wait_for_ssh !== true) return model;
  const contact = contactFor(wanted, state, reinstalls);
  if (wasActive && !contact.needed) return model;
  const through = wayTo(wanted, places);
  const host_keys = await checkHostKeys(
    context,
    device,
    { ...wanted, ...contact, through },
    options,
  );
  return { ...model, host_keys };
}

interface Contact {
  /** Whether the machine must be looked at although it was never off. */
  readonly needed: boolean;
  readonly expected: readonly string[] | null;
}

/** Planned keys are what was given, or what was pinned; null when they are to be pinned anew. */
function contactFor(wanted: DeviceArguments, state: DeviceModel, reinstalls: boolean): Contact {
  const expected = wanted.host_keys;
  const changed = JSON.stringify(expected) !== JSON.stringify(state.host_keys ?? []);
  return { needed: reinstalls || changed, expected };
}

/** A device under way is waited for; where it ends is looked at afterwards. */
async function settle(context: WaitContext, device: Device, options: CallOptions): Promise<Device> {
  if (device.state === "powering_off") return waitForState(context, device, "inactive", options);
  const rising = ["queued", "provisioning", "reinstalling", "powering_on"].includes(device.state);
  return rising ? waitForState(context, device, "active", options) : device;
}

async function change(
  { api }: WaitContext,
  device: Device,
  changes: DeviceChanges,
  options: CallOptions,
): Promise<Device> {
  if (Object.keys(changes).length === 0) return device;
  return api.updateDevice(device.id, changes, options);
}

async function reinstall(
  context: WaitContext,
  device: Device,
  { operating_system: operatingSystem, reinstall: how, ipxe_script_url: url }: DeviceArguments,
  options: CallOptions,
): Promise<Device> {
  const action = {
    type: "reinstall",
    operatingSystem,
    ...(how?.deprovision_fast === true ? { deprovisionFast: true } : {}),
    ...(how?.preserve_data === true ? { preserveData: true } : {}),
    ...(url !== null && operatingSystem === "custom_ipxe" ? { ipxeScriptUrl: url } : {}),
  } as const;
  await act(context, device, action, options);
  return waitForState(context, await context.api.getDevice(device.id, options), "active", options);
}

async function powerOn(
  context: WaitContext,
  device: Device,
  options: CallOptions,
): Promise<Device> {
  if (device.state !== "inactive") return device;
  await act(context, device, { type: "power_on" }, options);
  return waitForState(context, await context.api.getDevice(device.id, options), "active", options);
}

/** A lost answer, or a refusal because it happens already, is settled by a look at the state. */
async function act(
  { api }: WaitContext,
  device: Device,
  action: Parameters<WaitContext["api"]["actOnDevice"]>[1],
  options: CallOptions,
): Promise<void> {
  try {
    await api.actOnDevice(device.id, action, options);
  } catch (error) {
    if (!isApiFault(error, "AS2003", "AS2104") || options.signal?.aborted) throw error;
    if (!(await tookEffect(api, device, options))) throw error;
  }
}

async function tookEffect(
  api: WaitContext["api"],
  before: Device,
  options: CallOptions,
): Promise<boolean> {
  const now = await api.getDevice(before.id, options);
  return now.state !== before.state || now.operatingSystem !== before.operatingSystem;
}
