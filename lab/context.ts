/** What every part of the lab's server works with, handed down as one argument. */
import type { Clock } from "../core/clock";
import type { FaultRules } from "./faults";
import type { MachineDriver } from "./machine-driver";
import type { SettingsRecord } from "./store/records";
import type { Store } from "./store/store";

/** An event name and its fields; never a secret. */
export type LabLog = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** What the service used to be like, and what it became: see contract section 1.4. */
export type Era = "classic" | "metro";

/** How the lab behaves; all of it can be chosen by a test. */
export interface LabRules {
  /** `metro` refuses placement by facility. @default "metro" */
  readonly era: Era;
  /** Factor of the server's own delays, 0 and up; machines take the time they take. @default 1 */
  readonly timeScale: number;
  /** What a reader of a device gets when its provisioning failed. @default "visible" */
  readonly failedDevices: "visible" | "403" | "404";
  /** Milliseconds that a machine may take to its sshd's banner. @default 300000 */
  readonly bootTimeoutMs: number;
  /** Machines installed and booted at once. @default - 4 for QEMU, 16 for processes */
  readonly parallelBoots: number;
  /** Milliseconds between two looks at whether active machines still run. @default 2000 */
  readonly watchEveryMs: number;
  /** Milliseconds that a client may take to send a request. @default 60000 */
  readonly requestTimeoutMs: number;
  /** Requests a token may make in a window. @default - no limit */
  readonly rateLimit: { readonly requests: number; readonly windowSeconds: number } | undefined;
  /** Public addresses that a project may reserve. @default 256 */
  readonly addressQuota: number;
}

/** See the module's header. */
export interface LabContext {
  readonly store: Store;
  readonly driver: MachineDriver;
  readonly faults: FaultRules;
  readonly rules: LabRules;
  readonly clock: Clock;
  readonly log: LabLog;
  /** Settings that outlive a restart. */
  readonly settings: () => SettingsRecord;
}

/** The time as the API writes it: UTC, whole seconds. */
export function timestamp(clock: Clock): string {
  return formatTime(clock());
}

/** Milliseconds since 1970 as the API writes them. */
export function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
