/**
 * Who may install or restart now. Pure: what time it is and who is up comes in. Source: JulienBalestra/enjoliver,
 * app/api.py (/install-authorization, /lifecycle/rolling). That one member at a time restarts, and only when all
 * others are up, is Armstead's own rule: upstream asks nobody.
 */
import type { CaasRole } from "./machine";

/** How a machine starts anew. */
export const ROLLING_STRATEGIES = ["reboot", "kexec", "poweroff"] as const;
/** `kexec`: without going through the firmware. */
export type RollingStrategy = (typeof ROLLING_STRATEGIES)[number];

/** How long an installation keeps others waiting, in seconds. */
export const INSTALL_LOCK_SECONDS = 45;

/** The one lock of installations. */
export interface InstallLock {
  /** MAC address of who has it. */
  readonly holder: string;
  /** When it lets go by itself, in seconds. */
  readonly until: number;
}

/** Whether a machine may install; `lock` is what holds from now on. */
export interface InstallDecision {
  readonly isGranted: boolean;
  readonly lock: InstallLock | undefined;
}

/**
 * Decides whether a machine may install now.
 * @param lock - what the last decision left
 * @param mac - who asks
 * @param now - in seconds
 * @param seconds - how long it may take; 0 lets everybody install at once
 */
export function authorizeInstall(
  lock: InstallLock | undefined,
  mac: string,
  now: number,
  seconds: number = INSTALL_LOCK_SECONDS,
): InstallDecision {
  if (seconds === 0) return { isGranted: true, lock: undefined };
  const isHeld = lock !== undefined && now < lock.until && lock.holder !== mac;
  return isHeld
    ? { isGranted: false, lock }
    : { isGranted: true, lock: { holder: mac, until: now + seconds } };
}

/** A machine, as far as restarts go. */
export interface RollingMachine {
  readonly mac: string;
  readonly roles: readonly CaasRole[];
  /** Whether its config is the current one. */
  readonly isCurrent: boolean;
  /** Whether it is up and answers. */
  readonly isUp: boolean;
  /** Whether somebody has allowed it to restart. */
  readonly isAllowed: boolean;
}

/** Roles that lose their say when two machines are away. */
const CAREFUL: readonly CaasRole[] = ["etcd-member", "control-plane"];

/**
 * Machines that may restart now, in the order of their MAC addresses.
 * @param machines - all of the cluster
 * @param workersAtATime - machines without members and control planes that may be away together
 */
export function mayRestart(
  machines: readonly RollingMachine[],
  workersAtATime = 1,
): readonly string[] {
  const sorted = [...machines].sort((a, b) => (a.mac < b.mac ? -1 : 1));
  const careful = sorted.filter(isCareful);
  const others = sorted.filter((it) => !isCareful(it));
  return [
    ...(careful.every(({ isUp }) => isUp) ? choose(careful, 1) : []),
    ...choose(others, workersAtATime - others.filter(({ isUp }) => !isUp).length),
  ].sort();
}

function choose(machines: readonly RollingMachine[], most: number): string[] {
  const due = machines.filter((it) => it.isUp && it.isAllowed && !it.isCurrent);
  return due.slice(0, Math.max(0, most)).map(({ mac }) => mac);
}

function isCareful({ roles }: RollingMachine): boolean {
  return roles.some((role) => CAREFUL.includes(role));
}
