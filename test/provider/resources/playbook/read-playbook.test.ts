import type { Values } from "../../support/harness";
import { configOf, PLAY, PlaybookWorld, told } from "./playbook-world";

let world: PlaybookWorld;

beforeEach(async () => {
  world = await PlaybookWorld.make();
});

describe("read", () => {
  test("marks a host that drifted, and only that one runs", async () => {
    const state = await world.create();
    world.hosts.fate = { b: { changes: ["greet", "start"] } };

    const { state: read, diagnostics } = await world.harness.read(state);
    const applied = await world.planned(read, configOf());
    world.hosts.fate = {};
    const after = await world.harness.change(read, configOf());

    expect(diagnostics).toEqual([]);
    expect(read?.applied).toMatchObject({ b: "drift: greet, start" });
    expect(applied).toEqual(state.applied);
    expect(world.hosts.lastHosts).toEqual(["b"]);
    const touches = { a: "run 1: new host", b: "run 2: drift: greet, start" };
    expect(after.state).toEqual({ ...state, touches });
  });

  test("looks with the keys of the environment, in check mode", async () => {
    await world.harness.read(await world.create());

    expect(world.hosts.asked.at(-1)).toMatchObject({
      mode: "refresh",
      hosts: ["a", "b"],
      key: "another key",
    });
  });

  test("marks a host that is unreachable, and takes the mark back when it is there again", async () => {
    const state = await world.create();
    world.hosts.fate = { a: { status: "unreachable", error: "AS2201\n  timed out" } };
    const { state: away } = await world.harness.read(state);
    world.hosts.fate = {};
    const { state: back } = await world.harness.read(away ?? {});

    expect(away?.applied).toMatchObject({ a: "unreachable: AS2201 timed out" });
    expect(back).toEqual(state);
  });

  test("a bastion that goes away in the middle says nothing about its hosts", async () => {
    const state = await world.create();
    const lost = (way: string): object => ({
      status: "unreachable",
      error: `AS2209  the connection to ${way} was lost`,
    });
    world.hosts.fate = { a: lost("a, through the bastion gate,"), b: lost("b") };

    const { state: read, diagnostics } = await world.harness.read(state);

    const { a } = state.applied as Values;
    expect(read?.applied).toEqual({ a, b: "unreachable: AS2209 the connection to b was lost" });
    expect(told({ diagnostics })).toEqual(["warning AS1829: drift was not looked for"]);
  });

  test("does not take a failed host for done because check mode finds nothing", async () => {
    world.hosts.fate = { b: { status: "failed", error: "AS2301 no" } };
    const { state } = await world.harness.change(null, configOf());
    world.hosts.fate = {};

    const { state: read } = await world.harness.read(state ?? {});

    expect(read?.applied).toEqual(state?.applied);
    expect(world.hosts.lastHosts).toEqual(["a"]);
  });

  test("does not take an older digest for the present one", async () => {
    const state = await world.create();
    world.hosts.fate = { a: { status: "unreachable" }, b: { status: "unreachable" } };
    const { state: half } = await world.harness.change(
      state,
      configOf({ secret_vars_version: 1, on_failure: "record" }),
    );
    world.hosts.asked.length = 0;

    const { state: read } = await world.harness.read(half ?? {});

    expect(read).toEqual(half);
    expect(world.hosts.asked).toEqual([]);
  });

  test.each<[string, Parameters<typeof Object.assign>[0], string]>([
    ["a refused login", { status: "unreachable", error: "AS2205 refused" }, "AS2205 refused"],
    ["a cancelled check", { status: "cancelled" }, "it was not looked at"],
  ])("only warns after %s", async (_, fate, hint) => {
    const state = await world.create();
    world.hosts.fate = { a: fate };

    const answer = await world.harness.read(state);

    expect(answer.state).toEqual(state);
    expect(told(answer)).toEqual(["warning AS1829: drift was not looked for"]);
    expect(answer.diagnostics?.[0]?.detail).toContain(hint);
  });

  test("takes a failed check for drift", async () => {
    const state = await world.create();
    world.hosts.fate = { a: { status: "failed", error: "AS2301 assertion failed" } };

    const { state: drifted } = await world.harness.read(state);

    expect(drifted?.applied).toMatchObject({ a: "drift: AS2301 assertion failed" });
  });

  test("looks without the secrets, whose names it knows from the last apply", async () => {
    const config = configOf({ secret_vars: { token: "hunter2" }, secret_vars_version: 1 });
    const state = await world.create(config);
    world.hosts.fate = { a: { changes: ["greet"] } };

    const { state: drifted } = await world.harness.read(state);

    expect(world.hosts.asked.at(-1)).toMatchObject({ secretVars: {}, withheld: ["token"] });
    expect(drifted?.applied).toMatchObject({ a: "drift: greet" });
    expect(Buffer.from(world.harness.private).toString()).not.toContain("hunter2");
  });

  test("does not look where the names of the secrets are not known", async () => {
    const state = await world.create(configOf({ secret_vars_version: 1 }));
    world.harness.private = Buffer.from("of another version");
    world.hosts.asked.length = 0;

    const answer = await world.harness.read(state);

    expect(answer.state).toEqual(state);
    expect(told(answer)).toEqual(["warning AS1829: drift was not looked for"]);
    expect(world.hosts.asked).toEqual([]);
  });

  test("does not look where drift is off, or where it has no key", async () => {
    const off = await world.create(configOf({ drift: "off" }));
    const keyless = await world.create();
    delete world.environment.ARMSTEAD_SSH_PRIVATE_KEY;
    world.hosts.asked.length = 0;

    expect(told(await world.harness.read(off))).toEqual([]);
    expect(told(await world.harness.read(keyless))).toEqual([
      "warning AS1829: drift was not looked for",
    ]);
    expect(world.hosts.asked).toEqual([]);
  });
});

describe("delete", () => {
  const config = configOf({ destroy_playbooks: [{ name: "bye.yml", content: PLAY }] });

  test("runs the destroy playbooks on all hosts", async () => {
    const answer = await world.harness.apply(await world.create(config), null);

    expect(answer.state).toBeNull();
    expect(answer.diagnostics).toEqual([]);
    expect(world.hosts.asked.at(-1)).toMatchObject({
      mode: "apply",
      hosts: ["a", "b"],
      key: "another key",
    });
  });

  test("does not reach for hosts without destroy playbooks", async () => {
    const state = await world.create();
    world.hosts.asked.length = 0;

    expect((await world.harness.apply(state, null)).state).toBeNull();
    expect(world.hosts.asked).toEqual([]);
  });

  test("warns about hosts that are gone already", async () => {
    const state = await world.create(config);
    world.hosts.fate = { a: { status: "unreachable", error: "AS2201 no" } };

    const answer = await world.harness.apply(state, null);

    expect(answer.state).toBeNull();
    expect(told(answer)).toEqual(["warning AS1827: a: AS2201 no"]);
    expect(answer.diagnostics?.[0]?.detail).toContain("its destroy playbooks were not run");
  });

  test.each(["AS2205  refused", "AS2213  no bastion", "AS2216  wrong passphrase"])(
    "keeps the object when a host that is there cannot be logged in to: %s",
    async (error) => {
      const state = await world.create(config);
      world.hosts.fate = { a: { status: "unreachable", error } };

      const answer = await world.harness.apply(state, null);

      expect(told(answer)).toEqual([`error AS1827: a: ${error}`]);
      expect(answer.diagnostics?.[0]?.detail).toContain("take destroy_playbooks away");
      expect(answer.state?.applied).toEqual({
        a: (state.applied as Values).a,
        b: "pending: its destroy playbooks were run",
      });
    },
  );

  test("does not keep the object for a host to which nobody could ever log in", async () => {
    const refused = { status: "unreachable", error: "AS2205  refused" } as const;
    world.hosts.fate = { a: refused };
    const { state } = await world.harness.change(null, { ...config, on_failure: "record" });

    const answer = await world.harness.apply(state, null);

    expect(answer.state).toBeNull();
    expect(told(answer)).toEqual(["warning AS1827: a: AS2205  refused"]);
  });

  test("what is left when it is stopped is not taken for applied", async () => {
    const state = await world.create(config);
    world.hosts.during = () => void world.harness.service.StopProvider({});

    const answer = await world.harness.apply(state, null);

    const pending = "pending: its destroy playbooks were run";
    expect(answer.state?.applied).toEqual({ a: pending, b: pending });
    expect(told(answer)).toEqual([
      "error AS1828: a: AS1802  stopped on request",
      "error AS1828: b: AS1802  stopped on request",
    ]);
  });

  test("keeps the object when a play fails", async () => {
    const state = await world.create(config);
    world.hosts.fate = { a: { status: "failed", error: "AS2301 no" } };

    const answer = await world.harness.apply(state, null);

    const pending = "pending: its destroy playbooks were run";
    expect(answer.state).toEqual({ ...state, applied: { a: pending, b: pending } });
    expect(told(answer)).toEqual(["error AS1826: a: AS2301 no"]);
    expect(answer.diagnostics?.[0]?.detail).toContain("that the last apply stored");
  });

  test("warns when there is no key", async () => {
    const state = await world.create(config);
    delete world.environment.ARMSTEAD_SSH_PRIVATE_KEY;

    expect(told(await world.harness.apply(state, null))).toEqual([
      "warning AS1830: destroy playbooks were not run",
    ]);
  });
});
