import { OuterFault } from "../../../../core/faults";
import { FakeHost } from "./fake-host";
import { runFake, taskLines } from "./run-fake";

const PLAYBOOK = [
  "- hosts: a",
  "  gather_facts: false",
  "  tasks:",
  "    - wait_for_connection: {timeout: 5, sleep: 0.01, connect_timeout: 3}",
  "      register: waited",
  '    - debug: {msg: "{{ waited.elapsed }}"}',
  "    - command: next",
];

/** Refuses some connections, and remembers how long it may take for each. */
function refusing(times: number, code: "AS2202" | "AS2203") {
  const limits: number[] = [];
  return {
    limits,
    openHost: ({ name }: { name: string }, options: { connectTimeout: number }) => {
      limits.push(options.connectTimeout);
      if (limits.length > times) return Promise.resolve(new FakeHost(name));
      return Promise.reject(new OuterFault(code, { problem: "not yet" }));
    },
  };
}

test("wait_for_connection tries until the host answers, each try within its own time", async () => {
  const { limits, openHost } = refusing(3, "AS2202");

  const { events, report } = await runFake({ playbook: PLAYBOOK, openHost });

  expect(taskLines(events)).toEqual([
    "a wait_for_connection ok",
    // Seconds; on a busy machine not always none.
    expect.stringMatching(/^a debug ok: [0-4]$/),
    "a command changed",
  ]);
  expect(limits).toEqual([1000, 1000, 1000, 1000]);
  expect(report.hosts.a).toMatchObject({ status: "ok" });
});

test("wait_for_connection gives up in the end, and at once for a key that has changed", async () => {
  const never = refusing(Number.POSITIVE_INFINITY, "AS2202");
  const playbook = PLAYBOOK.map((it) => it.replace("timeout: 5,", "timeout: 0.03,"));
  const late = await runFake({ playbook, openHost: never.openHost });
  const changed = refusing(Number.POSITIVE_INFINITY, "AS2203");
  const wrong = await runFake({ playbook: PLAYBOOK, openHost: changed.openHost });

  expect(late.report.hosts.a).toMatchObject({ status: "failed" });
  expect(taskLines(late.events)[0]).toMatch(/timed out waiting for ping module test: .*not yet/);
  expect(wrong.report.hosts.a).toMatchObject({ status: "unreachable" });
  expect(changed.limits).toHaveLength(1);
});

test("wait_for_connection does not wait in check mode", async () => {
  const { limits, openHost } = refusing(0, "AS2202");

  const { events } = await runFake({ playbook: PLAYBOOK.slice(0, 4), openHost, mode: "check" });

  expect(taskLines(events)[0]).toContain("skipped");
  expect(limits).toEqual([]);
});
