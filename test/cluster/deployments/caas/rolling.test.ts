/** Who may install or restart: one at a time where two would be too many. */
import fc from "fast-check";
import { CAAS_ROLES } from "../../../../cluster/deployments/caas/machine";
import {
  authorizeInstall,
  type InstallLock,
  mayRestart,
  type RollingMachine,
} from "../../../../cluster/deployments/caas/rolling";

test("installations: the first one has the lock, others wait until it lets go", () => {
  const first = authorizeInstall(undefined, "a", 100);

  expect(first).toEqual({ isGranted: true, lock: { holder: "a", until: 145 } });
  expect(authorizeInstall(first.lock, "b", 144).isGranted).toBe(false);
  expect(authorizeInstall(first.lock, "b", 145)).toEqual({
    isGranted: true,
    lock: { holder: "b", until: 190 },
  });
  expect(authorizeInstall(first.lock, "a", 101).isGranted).toBe(true);
  expect(authorizeInstall(first.lock, "b", 101, 0).isGranted).toBe(true);
});

test("installations: no two machines hold the lock at the same time", () => {
  const asks = fc.array(fc.record({ mac: fc.constantFrom("a", "b", "c"), wait: fc.nat(60) }));
  fc.assert(
    fc.property(asks, (list) => {
      let lock: InstallLock | undefined;
      let now = 0;
      for (const { mac, wait } of list) {
        now += wait;
        const before = lock;
        const decision = authorizeInstall(lock, mac, now);
        const isHeld = before !== undefined && before.until > now && before.holder !== mac;
        expect(decision.isGranted).toBe(!isHeld);
        lock = decision.lock;
      }
    }),
  );
});

const machine = fc.record({
  mac: fc.integer({ min: 0, max: 99 }).map((it) => `52:54:00:00:00:${String(it).padStart(2, "0")}`),
  roles: fc.subarray([...CAAS_ROLES], { minLength: 1, maxLength: 2 }),
  isCurrent: fc.boolean(),
  isUp: fc.boolean(),
  isAllowed: fc.boolean(),
});
const machines = fc.uniqueArray(machine, { maxLength: 10, selector: (it) => it.mac });
const isCareful = ({ roles }: RollingMachine): boolean =>
  roles.includes("etcd-member") || roles.includes("control-plane");

test("restarts: never two members at once, and none while one is away", () => {
  fc.assert(
    fc.property(machines, fc.integer({ min: 1, max: 3 }), (all, most) => {
      const chosen = new Set(mayRestart(all, most));
      const away = (careful: boolean): number =>
        all.filter((it) => isCareful(it) === careful && (!it.isUp || chosen.has(it.mac))).length;
      const wereAway = all.filter((it) => isCareful(it) && !it.isUp).length;

      expect(away(true)).toBeLessThanOrEqual(Math.max(1, wereAway));
      const idle = all.filter((it) => !isCareful(it) && !it.isUp).length;
      expect(away(false)).toBeLessThanOrEqual(Math.max(most, idle));
    }),
  );
});

test("restarts: only who is up, allowed and out of date; in whatever order they are told of", () => {
  fc.assert(
    fc.property(machines, (all) => {
      const chosen = mayRestart(all);
      for (const it of all.filter(({ mac }) => chosen.includes(mac))) {
        expect(it).toMatchObject({ isUp: true, isAllowed: true, isCurrent: false });
      }
      expect(mayRestart([...all].reverse())).toEqual(chosen);
    }),
  );
});

test("restarts: everybody gets a turn", () => {
  const all = ["a", "b", "c"].map((mac): RollingMachine => ({
    mac,
    roles: ["etcd-member"],
    isCurrent: false,
    isUp: true,
    isAllowed: true,
  }));
  const order: string[] = [];
  let now: readonly RollingMachine[] = all;
  for (let [next] = mayRestart(now); next !== undefined; [next] = mayRestart(now)) {
    const done = next;
    order.push(done);
    now = now.map((it) => (it.mac === done ? { ...it, isCurrent: true } : it));
  }

  expect(order).toEqual(["a", "b", "c"]);
});
