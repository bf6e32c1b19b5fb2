import path from "node:path";
import {
  planService,
  type ServiceWish,
} from "../../../../../playbooks/runner/modules/supervision/plan-service";
import {
  fromRunit,
  fromSystemd,
} from "../../../../../playbooks/runner/modules/supervision/service-facts";
import { loadCases } from "../../../../support/cases";

interface Case {
  readonly wish: ServiceWish;
  /** What `systemctl show` or the runit part of the script prints. */
  readonly systemd?: readonly string[];
  readonly runit?: readonly string[];
  /** Commands, the words with spaces between; scripts are left out. */
  readonly steps: readonly string[];
  /** Why nothing is to be done. */
  readonly noop?: string;
}

const cases = loadCases<Case>(path.join(__dirname, "plan-service"));

test.each(cases)("planService() $name", ({ wish, systemd, runit, steps, noop }) => {
  const facts = systemd ? fromSystemd(systemd) : fromRunit(runit ?? []);

  const planned = planService(wish, facts).map((it) =>
    it.filter((word) => !word.includes("\n")).join(" "),
  );

  expect(planned).toEqual(steps);
  expect(noop !== undefined).toBe(steps.length === 0);
});
