/** `drift = "fast"`: which hosts are only looked at, what is kept for that, and what is not needed. */
import type { HostReport } from "../../../../playbooks/playbooks";
import { configOf, hostOf, PlaybookWorld, told, varsOf } from "./playbook-world";

const FILES: HostReport["files"] = [{ files: { "/etc/motd": "8 0644 0:0 0123456789abcdef" } }];
const FAST = configOf({ drift: "fast" });

let world: PlaybookWorld;

beforeEach(async () => {
  world = await PlaybookWorld.make();
  world.hosts.fate = { a: { files: FILES }, b: { files: FILES } };
});

test("hosts whose files are known are looked at, and one that differs is named with the path", async () => {
  const state = await world.create(FAST);
  world.hosts.fate = { b: { changes: ["/etc/motd: content"] } };

  const { state: read, diagnostics } = await world.harness.read(state);
  const { planned } = await world.harness.plan(read, FAST);

  expect(diagnostics).toEqual([]);
  expect(world.hosts.looked).toEqual([{ a: FILES, b: FILES }]);
  expect(world.hosts.asked).toHaveLength(2);
  expect(read?.applied).toMatchObject({ b: "drift: /etc/motd: content" });
  expect(planned?.touches).toEqual({
    a: "run 1: new host",
    b: "run 2: drift: /etc/motd: content",
  });
});

test("neither the names of secrets nor passwords of vaults are needed", async () => {
  const vault = { "secret.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n" };
  const secrets = { secret_vars: { token: "hunter2" }, secret_vars_version: 1 };
  const state = await world.create(configOf({ ...secrets, drift: "fast" }));

  const answer = await world.harness.read({ ...state, files: vault });

  expect(told(answer)).toEqual([]);
  expect(world.hosts.looked).toHaveLength(1);
});

test("a host of which nothing is known is looked at by its playbooks, until it runs", async () => {
  const full = await world.create();
  const { state } = await world.harness.change(full, FAST);
  await world.harness.read(state ?? {});
  const before = world.hosts.asked.at(-1);
  const hosts = { a: hostOf(), b: hostOf({ vars: { colour: "blue" } }) };
  const { state: later } = await world.harness.change(
    state ?? {},
    configOf({ drift: "fast", hosts }),
  );
  world.hosts.asked.length = 0;

  await world.harness.read(later ?? {});

  expect(before).toMatchObject({ mode: "refresh", hosts: ["a", "b"] });
  expect(world.hosts.asked.map((it) => it.hosts)).toEqual([["b"], ["a"]]);
  expect(world.hosts.looked).toEqual([{ b: FILES }]);
});

test("a host that failed is forgotten, one that did not run is not", async () => {
  const state = await world.create(FAST);
  world.hosts.fate = { b: { status: "failed", error: "AS2301 no" } };
  const hosts = { a: hostOf(), b: hostOf({ vars: { colour: "blue" } }) };
  const record = configOf({ drift: "fast", on_failure: "record", hosts });
  const { state: half } = await world.harness.change(state, record);
  world.hosts.fate = {};

  await world.harness.read(half ?? {});

  expect(world.hosts.looked).toEqual([{ a: FILES }]);
});

test("what is kept is kept for this alone", async () => {
  const state = await world.create(FAST);
  await world.harness.change(state, configOf({ vars: varsOf("other") }));

  expect(Buffer.from(world.harness.private).toString()).not.toContain("/etc/motd");
});

test("an unreachable host is a reason to touch it", async () => {
  const state = await world.create(FAST);
  world.hosts.fate = { a: { status: "unreachable", error: "AS2202 refused" } };

  const { state: read } = await world.harness.read(state);
  const { planned } = await world.harness.plan(read, FAST);

  expect(planned?.touches).toMatchObject({ a: "run 2: unreachable: AS2202 refused" });
});
