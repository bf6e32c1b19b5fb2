import { once } from "node:events";
import { UNKNOWN, Unknown } from "../../../../provider/framework/unknown";
import type { Values } from "../../support/harness";
import { configOf, DIGEST, hostOf, PLAY, PlaybookWorld, told, varsOf } from "./playbook-world";

let world: PlaybookWorld;

beforeEach(async () => {
  world = await PlaybookWorld.make();
});

describe("create", () => {
  test("runs on all hosts with the key of the config, and stores a digest a host", async () => {
    const state = await world.create();

    expect(state).toMatchObject({
      applied: { a: DIGEST, b: DIGEST },
      pinned_host_keys: {},
      forks: 25,
    });
    expect(state.private_key).toBeNull();
    expect(world.hosts.asked).toMatchObject([{ mode: "apply", hosts: ["a", "b"], key: "the key" }]);
  });

  test("is followed by an empty plan", async () => {
    const state = await world.create();

    expect((await world.harness.plan(state, configOf())).planned).toEqual(state);
  });

  test("plans digests that are known before apply, and unknown ones where a host is", async () => {
    const unknownHost = hostOf({ address: UNKNOWN, host_keys: UNKNOWN, machine_id: UNKNOWN });

    const applied = await world.planned(null, configOf({ hosts: { a: hostOf(), c: unknownHost } }));

    expect(applied).toEqual({ a: DIGEST, c: expect.any(Unknown) as Unknown });
  });

  test("plans nothing but unknowns when the hosts, or what is done to all, are not known", async () => {
    const answer = await world.harness.plan(null, configOf({ hosts: UNKNOWN }));
    const applied = await world.planned(null, configOf({ vars: UNKNOWN }));

    expect(answer.planned?.applied).toBeInstanceOf(Unknown);
    expect(Object.values(applied)).toEqual([expect.any(Unknown), expect.any(Unknown)]);
  });

  test("pins the key that a host without keys shows first, and insists on it from then on", async () => {
    const config = configOf({ hosts: { a: hostOf({ host_keys: null }), b: hostOf() } });
    const state = await world.create(config);
    const changed = { ...config, files: { "more.txt": "x" }, secret_vars_version: 1 };

    await world.harness.change(state, changed);

    expect(state.pinned_host_keys).toEqual({ a: "key of a" });
    expect(world.hosts.asked.at(-1)?.keys).toEqual({ a: ["key of a"], b: ["ssh-ed25519 AAAA"] });
  });

  test("leaves no object when no host was reached", async () => {
    world.hosts.fate = {
      a: { status: "unreachable", error: "AS2201 no" },
      b: { status: "unreachable" },
    };

    const answer = await world.harness.change(null, configOf());

    expect(answer.state).toBeNull();
    expect(told(answer)).toEqual(["error AS1827: a: AS2201 no", "error AS1827: b: unreachable"]);
  });

  test("keeps what was done when some hosts fail, with one error a host at its line", async () => {
    world.hosts.fate = { b: { status: "failed", error: "AS2301 task greet: no such folder" } };

    const answer = await world.harness.change(null, configOf());

    expect(answer.state?.applied).toEqual({
      a: DIGEST,
      b: "failed: AS2301 task greet: no such folder",
    });
    expect(told(answer)).toEqual(["error AS1826: b: AS2301 task greet: no such folder"]);
    expect(answer.diagnostics?.[0]?.attribute?.steps).toEqual([
      { attribute_name: "hosts" },
      { element_key_string: "b" },
    ]);
  });

  test("with on_failure = record only warns, and the next apply runs the failed host alone", async () => {
    world.hosts.fate = { b: { status: "failed", error: "AS2301 no" } };
    const config = configOf({ on_failure: "record" });

    const first = await world.harness.change(null, config);
    world.hosts.fate = {};
    const second = await world.harness.change(first.state, config);

    expect(told(first)).toEqual(["warning AS1826: b: AS2301 no"]);
    expect(world.hosts.lastHosts).toEqual(["b"]);
    expect(second.state?.applied).toEqual({ a: DIGEST, b: DIGEST });
    expect((await world.harness.plan(second.state, config)).planned).toEqual(second.state);
  });

  test("tells of many hosts that fail alike ten by ten boxes, and names the others in one", async () => {
    const names = Array.from({ length: 100 }, (_, at) => `n${String(at).padStart(3, "0")}`);
    const hosts = Object.fromEntries(names.map((it) => [it, hostOf()]));
    const refused = { status: "unreachable", error: "AS2205  refused" } as const;
    world.hosts.fate = {
      ...Object.fromEntries(names.map((it) => [it, refused])),
      n050: { status: "failed", error: "AS2301 no" },
      n051: {},
    };

    const answer = await world.harness.change(null, configOf({ hosts }));

    const lines = told(answer);
    expect(lines).toHaveLength(12);
    expect(lines[10]).toBe("error AS1826: n050: AS2301 no");
    expect(lines[11]).toMatch(/^error AS1827: 88 hosts more: n010, n011, .*, …$/);
  });

  test("says that the time was up, and how long it was", async () => {
    const config = configOf({
      timeouts: { create: "1ms", read: null, update: null, delete: null },
    });
    world.hosts.during = (signal) => once(signal, "abort");

    const answer = await world.harness.change(null, config);

    expect(told(answer)[0]).toMatch(
      /a: AS2002 {2}create of armstead_playbook did not end within 1 ms/,
    );
  });

  test("leaves no object when it is stopped before any connection", async () => {
    world.hosts.fate = { a: { status: "cancelled" }, b: { status: "cancelled" } };
    world.hosts.during = () => void world.harness.service.StopProvider({});

    const answer = await world.harness.change(null, configOf());

    expect(answer.state).toBeNull();
    expect(told(answer)).toEqual([
      "error AS1828: a: AS1802  stopped on request",
      "error AS1828: b: AS1802  stopped on request",
    ]);
  });

  test("says what is pending when it is stopped", async () => {
    world.hosts.during = () => void world.harness.service.StopProvider({});

    const answer = await world.harness.change(null, configOf());

    expect(answer.state?.applied).toEqual({ a: "pending", b: "pending" });
    expect(told(answer)).toEqual([
      "error AS1828: a: AS1802  stopped on request",
      "error AS1828: b: AS1802  stopped on request",
    ]);
  });

  test("fails before it reaches for any host when there is no key", async () => {
    delete world.environment.ARMSTEAD_SSH_PRIVATE_KEY;

    const answer = await world.harness.change(null, configOf({ private_key: null }));

    expect(answer.state).toBeNull();
    expect(told(answer)).toEqual(["error AS1824: no SSH key"]);
    expect(world.hosts.asked).toEqual([]);
  });
});

describe("update", () => {
  test("a new host shows as one new entry, and runs alone", async () => {
    const state = await world.create();
    const config = configOf({ hosts: { a: hostOf(), b: hostOf(), c: hostOf() } });

    const applied = await world.planned(state, config);
    await world.harness.change(state, config);

    expect(applied).toEqual({ ...(state.applied as object), c: DIGEST });
    expect(world.hosts.lastHosts).toEqual(["c"]);
  });

  test("hosts may be called as members of JavaScript's objects are", async () => {
    const state = await world.create(
      configOf({ hosts: { constructor: hostOf({ host_keys: null }) } }),
    );
    const hosts = { valueOf: hostOf({ host_keys: null }), toString: hostOf() };

    const after = await world.harness.change(state, configOf({ hosts }));
    world.hosts.fate = { valueOf: { changes: ["greet"] } };
    const read = await world.harness.read(after.state ?? {});

    expect(after.state).toMatchObject({
      applied: { valueOf: DIGEST, toString: DIGEST },
      touches: { valueOf: "run 1: new host", toString: "run 1: new host" },
      pinned_host_keys: { valueOf: "key of valueOf" },
    });
    expect(read.state?.applied).toMatchObject({ valueOf: "drift: greet", toString: DIGEST });
  });

  test("a host that goes takes its entry along, and nothing runs", async () => {
    const state = await world.create();
    const runs = world.hosts.asked.length;

    const { state: after } = await world.harness.change(
      state,
      configOf({ hosts: { a: hostOf() } }),
    );

    expect(Object.keys(after?.applied as object)).toEqual(["a"]);
    expect(world.hosts.asked).toHaveLength(runs);
  });

  test.each<[string, Values, readonly string[]]>([
    [
      "a variable of one host",
      { hosts: { a: hostOf({ vars: { colour: "blue" } }), b: hostOf() } },
      ["a"],
    ],
    [
      "a new machine behind a name",
      { hosts: { a: hostOf(), b: hostOf({ machine_id: "2" }) } },
      ["b"],
    ],
    ["a variable of all", { vars: varsOf("hi") }, ["a", "b"]],
    ["the version of the secrets", { secret_vars_version: 2 }, ["a", "b"]],
    ["the tags", { tags: ["never"] }, ["a", "b"]],
    [
      "the host keys",
      { hosts: { a: hostOf({ host_keys: ["ssh-ed25519 BBBB"] }), b: hostOf() } },
      [],
    ],
    ["the number of forks", { forks: 1 }, []],
  ])("%s runs the hosts that it reaches", async (_, change, expected) => {
    const state = await world.create();
    world.hosts.asked.length = 0;

    const answer = await world.harness.change(state, configOf(change));

    expect(answer.diagnostics).toEqual([]);
    expect(world.hosts.lastHosts).toEqual(expected);
  });

  test("a new machine shows its own key, whatever was pinned for the old one", async () => {
    const before = hostOf({ host_keys: null, machine_id: "1" });
    const state = await world.create(configOf({ hosts: { a: before } }));

    await world.harness.change(state, configOf({ hosts: { a: { ...before, machine_id: "2" } } }));

    expect(world.hosts.asked.at(-1)?.keys).toEqual({ a: [] });
  });

  test("secret variables reach the run and are stored nowhere", async () => {
    const state = await world.create(
      configOf({ secret_vars: { token: "hunter2" }, secret_vars_version: 1 }),
    );

    expect(world.hosts.asked[0]?.secretVars.token?.reveal()).toBe("hunter2");
    expect(state.secret_vars).toBeNull();
  });

  test("a host that was not reached, or that failed, says so, and stays so until it ran", async () => {
    const state = await world.create();
    world.hosts.fate = {
      a: { status: "unreachable", error: "AS2201 timed out" },
      b: { status: "failed", error: "AS2301 no" },
    };
    const config = configOf({ vars: varsOf("bye"), on_failure: "record" });
    const marks = { a: "pending: AS2201 timed out", b: "failed: AS2301 no" };

    const answer = await world.harness.change(state, config);
    world.hosts.fate = {};
    const read = await world.harness.read(answer.state ?? {});
    await world.harness.change(read.state, config);

    expect(answer.state?.applied).toEqual(marks);
    expect(read.state?.applied).toEqual(marks);
    expect(world.hosts.lastHosts).toEqual(["a", "b"]);
  });

  test("handlers that a failed host still owes are owed by the next run, until it ends well", async () => {
    const owed = [{ play: "setup", handler: "restart" }];
    const state = await world.create();
    world.hosts.fate = { a: { status: "failed", owed }, b: { owed } };

    const failed = await world.harness.change(state, configOf({ vars: varsOf("bye") }));
    world.hosts.fate = {};
    const mended = await world.harness.change(failed.state, configOf({ vars: varsOf("bye") }));
    await world.harness.change(mended.state, configOf({ vars: varsOf("ciao") }));

    expect(world.hosts.asked.map((it) => it.owed)).toEqual([{}, {}, { a: owed }, {}]);
  });

  test("a host that no play covers has nothing to do", async () => {
    const content = PLAY.replace("hosts: all", "hosts: a");
    const config = configOf({ playbooks: [{ name: "play.yml", content }] });
    const state = await world.create(config);

    expect((await world.harness.plan(state, config)).planned).toEqual(state);
  });
});
