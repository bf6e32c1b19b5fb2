/**
 * Who does what: roles for discovered machines. Pure, and the same for the same machines: they are taken by
 * their MAC addresses, whatever the order in which they were found. Sources: JulienBalestra/enjoliver,
 * app/scheduler.py before 768ca1f (members, proxies and nodes one after the other) and app/schedulerv2.py
 * (a member is a control plane too).
 *
 * Laws, which property tests hold: a second run changes nothing; another machine moves nobody who has a role;
 * a set of members is whole or not there.
 *
 * Upstream's two slips are left out: the first version shuffled, so that nobody could foresee who becomes what;
 * the second one, with a member gone, took as many new ones as a whole set has. Kept is that no set of members
 * is founded beside one of another plan.
 */
import type { CaasRole } from "./machine";

/** What is wanted of one kind of machine, in the order in which machines are handed out. */
export interface Demand {
  /** Roles that one machine has at the same time; sorted. */
  readonly roles: readonly CaasRole[];
  /** Exactly so many, all at once; `rest`: every machine that is left, as it comes. */
  readonly count: number | "rest";
  /** Roles whose sets must be whole before. */
  readonly needs: readonly CaasRole[];
}

/** MAC address → its roles, sorted. */
export type Assignments = ReadonlyMap<string, readonly CaasRole[]>;

/** A demand that is not met yet. */
export interface Waiting {
  readonly roles: readonly CaasRole[];
  /** How many machines it lacks; 0 when it waits for others. */
  readonly missing: number;
  /** Roles that it waits for. */
  readonly needs: readonly CaasRole[];
  /** Machines that have a part of its roles by another plan: two sets of members would be two clusters. */
  readonly conflicts: readonly string[];
}

/** What a run comes to. */
export interface Schedule {
  /** By MAC address, in its order; what had a role before has it still. */
  readonly assignments: Assignments;
  /** Demands that wait, in the order of the plan. */
  readonly waiting: readonly Waiting[];
}

/** How many of what; see {@link planOf}. */
export interface Wanted {
  /** Members of etcd. */
  readonly members: number;
  /** Control planes on machines of their own. @default 0 */
  readonly controlPlanes?: number;
  /** Whether the members are the control planes too. @default false */
  readonly stacked?: boolean;
}

/** The demands behind a number of members and control planes: workers, or proxies of etcd, are what is left. */
export function planOf({ members, controlPlanes = 0, stacked = false }: Wanted): readonly Demand[] {
  if (stacked) {
    return [
      { roles: ["control-plane", "etcd-member"], count: members, needs: [] },
      { roles: ["worker"], count: "rest", needs: ["control-plane", "etcd-member"] },
    ];
  }
  const member: Demand = { roles: ["etcd-member"], count: members, needs: [] };
  if (controlPlanes === 0) {
    return [member, { roles: ["etcd-proxy"], count: "rest", needs: ["etcd-member"] }];
  }
  return [
    member,
    { roles: ["control-plane"], count: controlPlanes, needs: ["etcd-member"] },
    { roles: ["worker"], count: "rest", needs: ["control-plane", "etcd-member"] },
  ];
}

/**
 * Gives roles to machines that have none.
 * @param macs - discovered machines
 * @param plan - what is wanted
 * @param before - roles of an earlier run; machines that are switched off now keep theirs
 */
export function schedule(
  macs: Iterable<string>,
  plan: readonly Demand[],
  before: Assignments = new Map(),
): Schedule {
  const assigned = new Map(before);
  const free = [...new Set(macs)].filter((mac) => !assigned.has(mac)).sort();
  const whole = new Set<CaasRole>();
  const waiting: Waiting[] = [];
  for (const demand of plan) {
    const lacking = demand.needs.filter((role) => !whole.has(role));
    const have = [...assigned.values()].filter((roles) => isSame(roles, demand.roles)).length;
    const missing = demand.count === "rest" ? 0 : Math.max(0, demand.count - have);
    const lack = Math.max(0, missing - free.length);
    const conflicts = demand.count === "rest" ? [] : conflictsWith(demand, assigned);
    if (lacking.length > 0 || lack > 0 || conflicts.length > 0) {
      waiting.push({ roles: demand.roles, missing: lack, needs: lacking, conflicts });
      continue;
    }
    for (const mac of free.splice(0, demand.count === "rest" ? free.length : missing)) {
      assigned.set(mac, demand.roles);
    }
    for (const role of demand.roles) whole.add(role);
  }
  const sorted = [...assigned].sort(([a], [b]) => (a < b ? -1 : 1));
  return { assignments: new Map(sorted), waiting };
}

/** Machines with a role, in the order of their MAC addresses. */
export function machinesWith(assignments: Assignments, role: CaasRole): string[] {
  return [...assigned(assignments, role)].sort();
}

function* assigned(assignments: Assignments, role: CaasRole): Generator<string> {
  for (const [mac, roles] of assignments) if (roles.includes(role)) yield mac;
}

function conflictsWith({ roles }: Demand, assignments: Assignments): string[] {
  return [...assignments]
    .filter(([, has]) => !isSame(has, roles) && has.some((role) => roles.includes(role)))
    .map(([mac]) => mac)
    .sort();
}

function isSame(left: readonly CaasRole[], right: readonly CaasRole[]): boolean {
  return left.length === right.length && left.every((role) => right.includes(role));
}
