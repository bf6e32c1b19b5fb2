import path from "node:path";
import { DEVICE_STATES } from "../../../api/api";
import * as states from "../../../lab/engine/device-states";
import { loadCases } from "../../support/cases";

interface Case {
  readonly action: states.ActionType;
  /** States from which it is allowed. */
  readonly allowed: readonly string[];
  /** State right after it was accepted; absent when it stays. */
  readonly during?: string;
  /** Why the state stays as it is. */
  readonly noop?: string;
}

const cases = loadCases<Case>(path.join(__dirname, "actions"));

test.each(cases)(
  "refuseAction() and stateDuring() for $name",
  ({ action, allowed, during, noop }) => {
    const accepted = DEVICE_STATES.filter((it) => states.refuseAction(action, it) === undefined);
    const after = accepted.map((it) => states.stateDuring(action, it));

    expect(accepted).toEqual(allowed);
    expect(after).toEqual(allowed.map((it) => during ?? it));
    expect(noop !== undefined).toBe(during === undefined);
  },
);

test("there is a case for every action", () => {
  expect(cases.map((it) => it.action).sort()).toEqual([...states.ACTIONS].sort());
});

test("maySwitch() lets every state but deleted end, and deleted nowhere", () => {
  const endable = DEVICE_STATES.filter((it) => states.maySwitch(it, "deprovisioning"));

  expect(endable).toEqual(DEVICE_STATES.filter((it) => it !== "deleted"));
  expect(DEVICE_STATES.filter((it) => states.maySwitch("deleted", it))).toEqual(["deleted"]);
});

test("refuseDelete() names the lock before the state", () => {
  const device = { state: "provisioning", locked: true } as const;

  expect(states.refuseDelete(device)).toBe("Cannot delete a locked item");
  expect(states.refuseDelete({ ...device, locked: false })).toBe(
    "Cannot delete a device while it is provisioning",
  );
  expect(states.refuseDelete({ state: "failed", locked: false })).toBeUndefined();
});
