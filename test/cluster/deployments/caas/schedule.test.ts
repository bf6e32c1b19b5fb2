/** The scheduler's laws, for any machines in any order; and the cases that its sources describe. */
import fc from "fast-check";
import type { CaasRole } from "../../../../cluster/deployments/caas/machine";
import {
  type Assignments,
  type Demand,
  machinesWith,
  planOf,
  schedule,
} from "../../../../cluster/deployments/caas/schedule";

const mac = fc.integer({ min: 0, max: 0xff_ff }).map((it) => {
  const digits = it.toString(16).padStart(4, "0");
  return `52:54:00:00:${digits.slice(0, 2)}:${digits.slice(2)}`;
});
const macs = fc.uniqueArray(mac, { maxLength: 14 });
const plan = fc
  .record({
    members: fc.constantFrom(1, 3, 5),
    controlPlanes: fc.constantFrom(0, 1, 2, 3),
    stacked: fc.boolean(),
  })
  .map((wanted) => ({ wanted, demands: planOf(wanted) }));
/** A life: machines come in groups, and each group is followed by a run. */
const life = fc.array(macs, { minLength: 1, maxLength: 5 });

test("the order in which machines are found means nothing", () => {
  fc.assert(
    fc.property(macs, plan, fc.infiniteStream(fc.nat()), (found, { demands }, numbers) => {
      const ranked = found.map((it) => [it, Number(numbers.next().value)] as const);
      const shuffled = ranked.sort((a, b) => a[1] - b[1]).map(([it]) => it);
      const [left, right] = [schedule(shuffled, demands), schedule(found, demands)];
      expect([...left.assignments]).toEqual([...right.assignments]);
      expect(left.waiting).toEqual(right.waiting);
    }),
  );
});

test("a second run changes nothing", () => {
  fc.assert(
    fc.property(macs, plan, (found, { demands }) => {
      const once = schedule(found, demands);
      expect(schedule(found, demands, once.assignments)).toEqual(once);
    }),
  );
});

test("machines that come later move nobody, and those that go keep their roles", () => {
  fc.assert(
    fc.property(life, plan, (groups, { demands }) => {
      let before: Assignments = new Map();
      for (const found of groups) {
        const { assignments } = schedule(found, demands, before);
        for (const [it, roles] of before) expect(assignments.get(it)).toEqual(roles);
        before = assignments;
      }
    }),
  );
});

test("a set of members is whole or not there, also over a life", () => {
  fc.assert(
    fc.property(life, plan, (groups, { wanted, demands }) => {
      let before: Assignments = new Map();
      for (const found of groups) {
        before = schedule(found, demands, before).assignments;
        expect([0, wanted.members]).toContain(machinesWith(before, "etcd-member").length);
        const planes = wanted.stacked ? wanted.members : wanted.controlPlanes;
        expect([0, planes]).toContain(machinesWith(before, "control-plane").length);
      }
    }),
  );
});

test("another plan founds no second set of members", () => {
  fc.assert(
    fc.property(macs, macs, fc.boolean(), (found, later, stacked) => {
      const first = schedule(found, planOf({ members: 3, stacked })).assignments;
      const second = schedule(
        [...found, ...later],
        planOf({ members: 3, stacked: !stacked }),
        first,
      );
      expect([0, 3]).toContain(machinesWith(second.assignments, "etcd-member").length);
      const had = machinesWith(first, "etcd-member");
      expect(second.waiting[0]?.conflicts ?? []).toEqual(had);
    }),
  );
});

test("nobody works before those whom it depends on, and then everybody does", () => {
  fc.assert(
    fc.property(macs, plan, (found, { demands, wanted }) => {
      const { assignments, waiting } = schedule(found, demands);
      const needed = demands.reduce((sum, it) => sum + (it.count === "rest" ? 0 : it.count), 0);
      if (found.length >= needed) {
        expect(assignments.size).toBe(found.length);
        expect(waiting).toEqual([]);
      } else {
        expect(machinesWith(assignments, "worker")).toEqual([]);
        expect(waiting.length).toBeGreaterThan(0);
      }
      if (found.length < wanted.members) expect(assignments.size).toBe(0);
    }),
  );
});

const all = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `52:54:00:00:00:0${n}`).reverse();
const told = (assignments: Assignments): Record<string, string> =>
  Object.fromEntries([...assignments].map(([it, roles]) => [it.slice(-2), roles.join("+")]));

interface Case {
  readonly name: string;
  readonly machines: readonly string[];
  readonly plan: readonly Demand[];
  readonly before?: readonly (readonly [string, readonly CaasRole[]])[];
  readonly expected: Readonly<Record<string, string>>;
  readonly waiting?: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "two machines are no set of three: nobody gets a role",
    machines: all(2),
    plan: planOf({ members: 3 }),
    expected: {},
    waiting: ["etcd-member lacks 1", "etcd-proxy waits for etcd-member"],
  },
  {
    name: "three are members, by MAC address; the rest are proxies",
    machines: all(5),
    plan: planOf({ members: 3 }),
    expected: {
      "00": "etcd-member",
      "01": "etcd-member",
      "02": "etcd-member",
      "03": "etcd-proxy",
      "04": "etcd-proxy",
    },
  },
  {
    name: "control planes wait for a whole set of their own",
    machines: all(5),
    plan: planOf({ members: 3, controlPlanes: 3 }),
    expected: { "00": "etcd-member", "01": "etcd-member", "02": "etcd-member" },
    waiting: ["control-plane lacks 1", "worker waits for control-plane"],
  },
  {
    name: "stacked, a member is a control plane too, and the rest are workers",
    machines: all(4),
    plan: planOf({ members: 3, stacked: true }),
    expected: {
      "00": "control-plane+etcd-member",
      "01": "control-plane+etcd-member",
      "02": "control-plane+etcd-member",
      "03": "worker",
    },
  },
  {
    name: "a machine with the lowest address that comes last takes nobody's place",
    machines: all(4),
    plan: planOf({ members: 1 }),
    before: [["52:54:00:00:00:02", ["etcd-member"]]],
    expected: { "00": "etcd-proxy", "01": "etcd-proxy", "02": "etcd-member", "03": "etcd-proxy" },
  },
  {
    name: "a set that lost one is filled up by one, not by three",
    machines: all(4),
    plan: planOf({ members: 3 }),
    before: [
      ["52:54:00:00:00:01", ["etcd-member"]],
      ["52:54:00:00:00:02", ["etcd-member"]],
    ],
    expected: { "00": "etcd-member", "01": "etcd-member", "02": "etcd-member", "03": "etcd-proxy" },
  },
  {
    name: "what is switched off is still what it was",
    machines: ["52:54:00:00:00:09"],
    plan: planOf({ members: 1 }),
    before: [["52:54:00:00:00:00", ["etcd-member"]]],
    expected: { "00": "etcd-member", "09": "etcd-proxy" },
  },
  {
    name: "no machines, no roles",
    machines: [],
    plan: planOf({ members: 1 }),
    expected: {},
    waiting: ["etcd-member lacks 1", "etcd-proxy waits for etcd-member"],
  },
  {
    name: "a machine that is told of twice is one machine",
    machines: [...all(1), ...all(1)],
    plan: planOf({ members: 1 }),
    expected: { "00": "etcd-member" },
  },
];

test.each(cases)(
  "schedule(): $name",
  ({ machines, plan: demands, before = [], expected, waiting = [] }) => {
    const result = schedule(machines, demands, new Map(before));

    expect(told(result.assignments)).toEqual(expected);
    expect(
      result.waiting.map(({ roles, missing, needs }) =>
        missing > 0
          ? `${roles.join("+")} lacks ${missing}`
          : `${roles.join("+")} waits for ${needs.join("+")}`,
      ),
    ).toEqual(waiting);
  },
);
