/** Ports of a device: reading them, and bringing a device into one of its four network modes. */
import type { ContractApi } from "./contract-api";
import * as wire from "./contract-objects";
import { portOf } from "./contract-steps";

/** Modes of a bond without VLANs. */
export const MODES = ["layer3", "hybrid", "layer2-bonded", "layer2-individual"] as const;
/** One of them. */
export type Mode = (typeof MODES)[number];

/** The addresses that a device gets back with layer 3. */
export const REQUEST_IPS = [
  { address_family: 4, public: true },
  { address_family: 4, public: false },
  { address_family: 6, public: true },
];

/** Reads a port. */
export async function readPort(api: ContractApi, id: string): Promise<wire.Port> {
  return (await api.get(`/ports/${id}`)).is(200).as(wire.port);
}

/**
 * Brings a device without VLANs into a mode, from wherever it is, looking before each step.
 * @returns the bond as it reads afterwards
 */
export async function setMode(
  api: ContractApi,
  device: wire.Device,
  mode: Mode,
): Promise<wire.Port> {
  const bond = portOf(device, "bond0").id;
  const call = async (port: string, what: string, body: object = {}) =>
    (await api.post(`/ports/${port}/${what}`, body)).is(200);
  const isLayer2 = async () => (await readPort(api, bond)).network_type?.startsWith("layer2");

  if (mode.startsWith("layer2") && !(await isLayer2())) await call(bond, "convert/layer-2");
  if (mode === "layer2-individual") await call(bond, "disbond?bulk_disable=true");
  else await call(bond, "bond?bulk_enable=true");
  if (!mode.startsWith("layer2") && (await isLayer2()))
    await call(bond, "convert/layer-3", { request_ips: REQUEST_IPS });
  if (mode === "hybrid") await call(portOf(device, "eth1").id, "disbond");
  return readPort(api, bond);
}
