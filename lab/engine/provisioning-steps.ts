/** The ten provisioning events (contract 7.2) and how far a device has come in them. Pure. */
import type { ProvisioningStep } from "../store/records";

/** Types of the events, without their prefix. */
export type StepNumber =
  "101" | "102" | "103" | "104" | "105" | "106" | "107" | "108" | "109" | "110";

const BODIES: Readonly<Record<StepNumber, string>> = {
  "101": "Provisioning started",
  "102": "Network configured",
  "103": "Configuration written, restarting device",
  "104": "Connected to magic install system",
  "105": "Server partitions created",
  "106": "Operating system packages installed",
  "107": "Server networking interfaces configured",
  "108": "Cloud-init packages installed and configured",
  "109": "Installation finished, rebooting server",
  "110": "Device phoned home and is ready to go",
};

/** The full plan of a new device: nothing is reached. */
export function planSteps(): ProvisioningStep[] {
  return Object.entries(BODIES).map(([number, body]) => ({
    type: `provisioning.${number}`,
    body,
    id: null,
    at: null,
  }));
}

/** The body of step 102 once the addresses are known. */
export function networkBody(addresses: readonly string[]): string {
  const last = addresses.at(-1);
  if (last === undefined) return BODIES["102"];
  const list = addresses.length === 1 ? last : `${addresses.slice(0, -1).join(", ")}, and ${last}`;
  return `Network configured with addresses ${list}`;
}

/** Marks a step as reached; one that was reached before keeps its event. */
export function reachStep(
  steps: readonly ProvisioningStep[],
  type: string,
  reached: { readonly id: string; readonly at: string; readonly body?: string },
): ProvisioningStep[] {
  return steps.map((it) => (it.type === type && it.id === null ? { ...it, ...reached } : it));
}

/** Per cent of the steps that are reached. */
export function percentage(steps: readonly ProvisioningStep[]): number {
  return Math.round((100 * steps.filter((it) => it.id !== null).length) / steps.length);
}
