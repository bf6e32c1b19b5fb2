/** The lab's own floor: the same machines by plain API calls, without terraform and provider. */
import type { Device, MachineApi } from "../api/api";
import { isApiFault } from "../api/fault";
import { type CallOptions, mapBounded, sleep } from "../core/bounded";
import { DEVICE, deviceNames, STACK, TAGS } from "./apps/device-facts";
import type { StraightResult } from "./result";

/** As many as terraform walks at a time. */
const PARALLEL = 10;
/** Closer than the provider asks, so that little of what is measured is waiting for the next look. */
const POLL_MS = 100;

/** Makes the machines and waits for each until it is active; removes them and waits until the last is gone. */
export async function measureStraight(
  api: MachineApi,
  { devices, publicKey }: { readonly devices: number; readonly publicKey: string },
  options: CallOptions,
): Promise<StraightResult> {
  const project = await api.createProject({ name: STACK }, options);
  const key = await api.createSshKey(project.id, { label: STACK, key: publicKey }, options);
  const make = async (hostname: string): Promise<Device> => {
    const input = { ...DEVICE, hostname, tags: TAGS, projectSshKeyIds: [key.id] };
    let device = await api.createDevice(project.id, input, options);
    while (device.state !== "active") {
      if (device.state === "failed") throw new Error(`the lab failed to make ${hostname}`);
      await sleep(POLL_MS, options);
      device = await api.getDevice(device.id, options);
    }
    return device;
  };
  const created = await timed(() => mapBounded(deviceNames(devices), PARALLEL, make));
  const deleted = await timed(async () => {
    await mapBounded(created.value, PARALLEL, ({ id }) => api.deleteDevice(id, {}, options));
    await api.ensureSshKeyAbsent(key.id, options);
    await removeProject(api, project.id, options);
  });
  return { parallel: PARALLEL, createSeconds: created.seconds, deleteSeconds: deleted.seconds };
}

/** A project is refused its end while machines of it are still being removed. */
async function removeProject(api: MachineApi, id: string, options: CallOptions): Promise<void> {
  for (;;) {
    try {
      await api.ensureProjectAbsent(id, options);
      return;
    } catch (error) {
      if (!isApiFault(error, "AS2104")) throw error;
    }
    await sleep(POLL_MS, options);
  }
}

async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly seconds: number }> {
  const before = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - before) / 1_000 };
}
