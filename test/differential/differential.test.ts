import { availableParallelism } from "node:os";
import { Benches } from "./benches";
import { parsePlaybooks } from "../../playbooks/playbooks";
import { allCases } from "./all-cases";
import type { Case } from "./case";
import { collectionsFolder } from "./collections";
import { matches } from "./known";

// The engine of templates is loaded at its first use, which jest allows only while nothing runs side by side.
parsePlaybooks(
  [{ name: "first", content: '[{hosts: all, tasks: [{debug: {msg: "{{ 1 }}"}}]}]' }],
  new Map(),
);

// The whole table goes through a few machines: a case may wait for all that are before it.
jest.setTimeout(900_000);

// What is missing is said at once, before any machine starts.
collectionsFolder();

const cases = allCases();
const benches = new Benches(Math.min(4, Math.max(2, availableParallelism())));

afterAll(() => benches.stop());

// `ARMSTEAD_CASES=copy` runs only the cases whose name holds that (`.`: all): jest's own filter starts them all. Without
// it, a third of the modules' own cases runs, which all of them are judged by in another test, and none that say "seldom".
const wanted = process.env.ARMSTEAD_CASES;
const LATER = /, part [^1] of \d$/;
const isChosen = ({ file, name, seldom }: Case): boolean =>
  wanted === undefined
    ? !LATER.test(name) && seldom === undefined
    : new RegExp(wanted).test(`${file}: ${name}`);
const table = cases.filter(isChosen);

describe("ansible-playbook and Armstead do the same", () => {
  test.concurrent.each(table)("$file: $name", async (it) => {
    const { differences, ends, told } = await benches.run(it);
    const known = Object.keys(it.differs);
    const unknown = differences.filter(({ at }) => !known.some((pattern) => matches(pattern, at)));
    const gone = known.filter((pattern) => !differences.some(({ at }) => matches(pattern, at)));
    const shown = unknown.map(
      (one) => `${one.at}\n  Ansible: ${one.ansible}\n  ours:    ${one.ours}`,
    );
    if (shown.length > 0 || gone.length > 0 || ends !== it.ends) {
      throw new Error(
        [
          ...shown,
          ...gone.map((one) => `${one}\n  does not differ any more`),
          `Ansible ended ${ends}`,
          told,
        ].join("\n"),
      );
    }
  });
});
