import path from "node:path";
import { OuterFault } from "../../../../core/faults";
import { Secret } from "../../../../core/secret";
import { loadCases } from "../../../support/cases";
import { runFake, taskLines, type FakeRun } from "./run-fake";

interface Case extends FakeRun {
  readonly events: readonly string[];
  /** Parts of the report by host. */
  readonly report?: Readonly<Record<string, object>>;
  /** Words or scripts of commands by host, with the user behind `@` when it is not root. */
  readonly commands?: Readonly<Record<string, readonly string[]>>;
  /** Number of commands that may change something, by host. */
  readonly changes?: Readonly<Record<string, number>>;
  /** Hosts to which a connection is made. */
  readonly targets?: readonly string[];
  /** Content of files by host and path. */
  readonly written?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const cases = loadCases<Case>(path.join(__dirname, "runs"));

test.each(cases)("runChecked() $name", async (it) => {
  const { report, events, targets } = await runFake(it);

  expect(taskLines(events)).toEqual(it.events);
  expect(report.hosts).toMatchObject(it.report ?? {});
  for (const [name, commands] of Object.entries(it.commands ?? {})) {
    const sent = targets.get(name)?.commands ?? [];
    expect(sent.map(({ text, user }) => (user === "root" ? text : `${text} @${user}`))).toEqual(
      commands,
    );
  }
  if (it.targets) expect([...targets.keys()].sort()).toEqual(it.targets);
  for (const [name, changes] of Object.entries(it.changes ?? {})) {
    expect(targets.get(name)?.counts.changes).toBe(changes);
  }
  for (const [name, files] of Object.entries(it.written ?? {})) {
    const written = [...(targets.get(name)?.files ?? [])].map(([file, it]) => [
      file,
      it.toString(),
    ]);
    expect(Object.fromEntries(written)).toEqual(files);
  }
});

test("runChecked() never shows a secret, not even one that a command printed or a template holds", async () => {
  const secret = 'p4ss"{{ 1 + 1 }}\n$(id)';
  const playbook = [
    "- hosts: all",
    "  gather_facts: false",
    "  tasks:",
    "    - debug: {msg: 'it is {{ pw }}'}",
    "    - command: 'echo {{ pw | quote }}'",
    "    - fail: {msg: '{{ pw }} {{ [pw] }}'}",
  ];

  const { events, report } = await runFake({ playbook, secretVars: { pw: new Secret(secret) } });

  const shown = JSON.stringify([events, report]);
  expect(shown).not.toContain("p4ss");
  expect(shown).not.toContain("$(id)");
  expect(shown).toContain("(secret)");
});

test("runChecked() shows nothing of a task with no_log", async () => {
  const playbook = [
    "- hosts: a",
    "  gather_facts: false",
    "  tasks:",
    "    - debug: {msg: hush}",
    "      no_log: true",
    "    - fail: {msg: hush}",
    "      no_log: '{{ true }}'",
  ];

  const { events, report } = await runFake({ playbook });

  expect(JSON.stringify([events, report])).not.toContain("hush");
});

test("runChecked() tells hosts that cannot be reached from those that fail", async () => {
  const openHost = (): Promise<never> =>
    Promise.reject(new OuterFault("AS2202", { problem: "refused" }));
  const playbook = ["- hosts: all", "  tasks:", "    - ping:"];

  const { report, events } = await runFake({ playbook, openHost });

  expect(report.hosts.a).toMatchObject({ status: "unreachable", error: "AS2202  refused" });
  expect(events.some((it) => it.event === "task.end" && it.task === "ping")).toBe(false);
});

test("runChecked() opens no connection that no task needs", async () => {
  const playbook = ["- hosts: all", "  gather_facts: false", "  tasks: [{debug: {msg: x}}]"];

  const { targets } = await runFake({ playbook });

  expect(targets.size).toBe(0);
});

test("runChecked() closes every connection, and opens one a host", async () => {
  const play = ["- hosts: all", "  tasks: [{command: x}]"];

  const { targets } = await runFake({ playbook: [...play, ...play] });

  expect([...targets.values()].map((it) => it.closed)).toEqual([true, true, true]);
  expect([...targets.values()].map((it) => it.commands.length)).toEqual([2, 2, 2]);
});

test("runChecked() ends at once when it is aborted, and tells so", async () => {
  const abort = new AbortController();
  const playbook = [
    "- hosts: all",
    "  gather_facts: false",
    "  tasks:",
    "    - debug: {msg: first}",
    "    - command: 'false'",
    "      until: false",
    "      retries: 1000",
    "      delay: 1000",
  ];

  const { report } = await runFake({
    playbook,
    signal: abort.signal,
    onEvent: (it) => {
      if (it.event === "task.end" && it.host === "c") abort.abort(new Error("stop"));
    },
  });

  expect(Object.values(report.hosts).map((it) => it.status)).toEqual([
    "cancelled",
    "cancelled",
    "cancelled",
  ]);
});

test.each([
  ["in batches", "linear", "serial: 1"],
  ["each at its own speed", "free", "serial: 3"],
])(
  "a host that had done all that is meant for it is done when it is cut: %s",
  async (_, strategy, how) => {
    const abort = new AbortController();
    const playbook = [
      "- hosts: all",
      "  gather_facts: false",
      `  strategy: ${strategy}`,
      `  ${how}`,
      "  tasks: [{command: first}, {command: last}]",
      "- hosts: b",
      "  gather_facts: false",
      "  tasks: [{command: more}]",
    ];

    const { report } = await runFake({
      playbook,
      forks: 1,
      signal: abort.signal,
      onEvent: (it) => {
        if (it.event === "task.end" && it.host === "c") abort.abort(new Error("stop"));
      },
    });

    expect(Object.entries(report.hosts).map(([name, it]) => `${name} ${it.status}`)).toEqual([
      "a ok",
      "b cancelled",
      "c cancelled",
    ]);
  },
);

test("a time limit of the whole run cuts hosts, and fails no task", async () => {
  const abort = new AbortController();
  const playbook = [
    "- hosts: all",
    "  gather_facts: false",
    "  tasks:",
    "    - block:",
    "        - debug: {msg: first}",
    "        - {command: 'false', until: false, retries: 1000, delay: 1000}",
    "      rescue: [{debug: {msg: rescued}}]",
  ];

  const { report, events } = await runFake({
    playbook,
    signal: abort.signal,
    onEvent: (it) => {
      if (it.event !== "task.end" || it.host !== "c") return;
      // While the next task waits.
      setTimeout(() => {
        abort.abort(new OuterFault("AS2002"));
      }, 5);
    },
  });

  expect(Object.values(report.hosts).map(({ status, error }) => [status, error])).toEqual(
    ["a", "b", "c"].map(() => ["cancelled", undefined]),
  );
  expect(taskLines(events).filter((it) => !it.includes("first"))).toEqual([]);
});

test("runChecked() tells which handlers are owed when it is cut between a change and its handler", async () => {
  const abort = new AbortController();
  const playbook = [
    "- name: setup",
    "  hosts: a",
    "  gather_facts: false",
    "  handlers: [{name: restart, command: restart}]",
    "  tasks:",
    "    - {command: change, notify: restart}",
    "    - command: next",
  ];

  const { report } = await runFake({
    playbook,
    signal: abort.signal,
    onEvent: ({ event }) => {
      if (event === "task.end") abort.abort(new Error("stop"));
    },
  });

  expect(report.hosts.a).toMatchObject({
    status: "cancelled",
    owed: [{ play: "setup", handler: "restart" }],
  });
});

test("runChecked() refuses a limit that cannot be read", async () => {
  const playbook = ["- hosts: all", "  tasks: []"];

  await expect(runFake({ playbook, limit: "a[0" })).rejects.toMatchObject({
    faults: [{ code: "AS1412" }],
  });
});

test("runChecked() has at most as many hosts at work as there are forks", async () => {
  let working = 0;
  let most = 0;
  const hosts = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`h${index}`, {}]));
  const openHost = async (): Promise<never> => {
    working += 1;
    most = Math.max(most, working);
    await new Promise(setImmediate);
    working -= 1;
    throw new OuterFault("AS2201");
  };

  await runFake({ playbook: ["- hosts: all"], hosts, forks: 3, openHost });

  expect(most).toBe(3);
});
