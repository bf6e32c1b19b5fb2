/** `touches`: a plan names the hosts that it touches, and says why in words; an empty plan stays empty. */
import { UNKNOWN } from "../../../../provider/framework/unknown";
import { Dynamic } from "../../../../provider/protocol/dynamic";
import type { Values } from "../../support/harness";
import { configOf, hostOf, PLAY, PlaybookWorld, varsOf } from "./playbook-world";

const FIRST = { a: "run 1: new host", b: "run 1: new host" };
const TEMPLATE = `- hosts: all
  tasks: [{ name: motd, template: { src: motd.j2, dest: /etc/motd } }]
`;
const FILES = { "templates/motd.j2": "hello" };
const SECRETS = { secret_vars: { token: "s3cret" }, secret_vars_version: 1 };

let world: PlaybookWorld;

beforeEach(async () => {
  world = await PlaybookWorld.make();
});

/** Plans an update, and expects that an apply keeps what was planned. */
async function touchesOf(prior: Values, config: Values): Promise<unknown> {
  const { planned, diagnostics } = await world.harness.plan(prior, config);
  expect(diagnostics).toEqual([]);
  const { state } = await world.harness.change(prior, config);
  expect(state?.touches).toEqual(planned?.touches);
  return planned?.touches;
}

const play = (content: string): Values[] => [{ name: "play.yml", content }];
const more = "\n- hosts: [b]\n  tasks: [{ name: late, command: 'true' }]\n";

test.each<[string, Values, Values, Values]>([
  ["nothing", {}, {}, {}],
  [
    "a variable of one host",
    { hosts: { a: hostOf(), b: hostOf({ vars: { colour: "blue" } }) } },
    { hosts: { a: hostOf(), b: hostOf({ vars: { colour: "green" } }) } },
    { b: 'run 2: variable "colour" of the host changed' },
  ],
  [
    "a variable of all hosts",
    { vars: varsOf("hi") },
    { vars: varsOf("ho") },
    {
      a: 'run 2: variable "greeting" of all hosts changed',
      b: 'run 2: variable "greeting" of all hosts changed',
    },
  ],
  [
    "a template",
    { playbooks: play(TEMPLATE), files: FILES },
    { playbooks: play(TEMPLATE), files: { "templates/motd.j2": "bye" } },
    { a: "run 2: file templates/motd.j2 changed", b: "run 2: file templates/motd.j2 changed" },
  ],
  [
    "a play for one host",
    {},
    { playbooks: play(PLAY + more) },
    { b: 'run 2: play "b" (play.yml) is new' },
  ],
  [
    "a task",
    { playbooks: play(PLAY + more) },
    { playbooks: play(PLAY + more.replace("true", "false")) },
    { b: 'run 2: task "late" (play.yml) changed' },
  ],
  [
    "the order of tasks alone",
    { playbooks: play(`${PLAY}    - { name: x, command: x }\n    - { name: y, command: y }\n`) },
    { playbooks: play(`${PLAY}    - { name: y, command: y }\n    - { name: x, command: x }\n`) },
    { a: "run 2: what its plays read changed", b: "run 2: what its plays read changed" },
  ],
  [
    "another machine",
    {},
    { hosts: { a: hostOf({ machine_id: "m2" }), b: hostOf() } },
    { a: "run 2: machine changed" },
  ],
  [
    "the version of the secrets",
    SECRETS,
    { ...SECRETS, secret_vars: { token: "other" }, secret_vars_version: 2 },
    { a: "run 2: secret_vars_version changed", b: "run 2: secret_vars_version changed" },
  ],
  [
    "more than can be told",
    {},
    {
      vars: new Dynamic(
        ["object", Object.fromEntries("stuvwxy".split("").map((it) => [it, "string"]))],
        Object.fromEntries("stuvwxy".split("").map((it) => [it, it])),
      ),
      hosts: { a: hostOf() },
    },
    {
      a: `run 2: ${['variable "greeting" of all hosts is gone', ...["s", "t", "u", "v"].map((it) => `variable "${it}" of all hosts is new`)].join("; ")}; and 3 more`,
      b: undefined,
    },
  ],
])("%s", async (_, before, after, expected) => {
  const state = await world.create(configOf(before));
  expect(state.touches).toEqual(FIRST);

  const touches = await touchesOf(state, configOf({ ...before, ...after }));

  expect(touches).toEqual({ ...FIRST, ...expected });
});

test("a new host is named, though its address is not known yet", async () => {
  const state = await world.create();
  const hosts = { a: hostOf(), b: hostOf(), c: hostOf({ address: UNKNOWN }) };

  const { planned } = await world.harness.plan(state, configOf({ hosts }));

  expect(planned?.touches).toEqual({ ...FIRST, c: "run 1: new host" });
});

test("of a host that is there, what is not known is no reason yet", async () => {
  const state = await world.create();
  const hosts = { a: hostOf(), b: hostOf({ vars: { colour: UNKNOWN } }) };

  const { planned } = await world.harness.plan(state, configOf({ hosts }));

  expect(planned?.touches).toEqual({ ...FIRST, b: UNKNOWN });
});

test("the same reason twice is two runs, and a failure is one", async () => {
  let state = await world.create();
  const record = configOf({ on_failure: "record" });
  world.hosts.fate = { b: { changes: ["greet"] } };
  for (const run of [2, 3]) {
    state = (await world.harness.read(state)).state ?? {};
    state = (await world.harness.change(state, record)).state ?? {};
    expect(state.touches).toEqual({ ...FIRST, b: `run ${run}: drift: greet` });
  }
  world.hosts.fate = { b: { status: "failed", error: "AS2301 no" } };
  const changed = { ...record, vars: varsOf("hey") };
  state = (await world.harness.change(state, changed)).state ?? {};

  const { planned } = await world.harness.plan(state, changed);

  expect(planned?.touches).toEqual({
    a: 'run 2: variable "greeting" of all hosts changed',
    b: "run 5: failed: AS2301 no",
  });
});

test("a state of an earlier version stays as it is until something is to be done", async () => {
  const old = { ...(await world.create()), touches: null };

  const same = await world.harness.plan(old, configOf());
  const { planned } = await world.harness.plan(old, configOf({ vars: varsOf("ho") }));

  expect(same.planned).toEqual({ ...old, vars: expect.anything() as unknown });
  expect(planned?.touches).toEqual({
    a: 'run 1: variable "greeting" of all hosts changed',
    b: 'run 1: variable "greeting" of all hosts changed',
  });
});
