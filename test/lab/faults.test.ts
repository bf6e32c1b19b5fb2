import { FaultRules } from "../../lab/faults";

const facts = { method: "POST", path: "/projects/1/devices", hostname: "node-1" };

test("FaultRules strike as often as they say, the oldest first", () => {
  const faults = new FaultRules();
  faults.add({ kind: "rate-limited", times: 2, retryAfter: 7 });
  faults.add({ kind: "server-error" });

  const kinds = [1, 2, 3, 4].map(
    () => faults.takeForRequest(["rate-limited", "server-error"], facts)?.kind,
  );

  expect(kinds).toEqual(["rate-limited", "rate-limited", "server-error", undefined]);
  expect(faults.list()).toEqual([]);
});

test.each([
  [{ method: "POST" }, true],
  [{ method: "GET" }, false],
  [{ path: "/projects/*/devices" }, true],
  [{ path: "/projects/*" }, true],
  [{ path: "/projects/1" }, false],
  [{ path: "/projects/.*" }, false],
  [{ hostname: "node-*" }, true],
  [{ hostname: "node" }, false],
] as const)("FaultRules match requests by %j: %s", (match, strikes) => {
  const faults = new FaultRules();
  faults.add({ kind: "cut-after", ...match });

  expect(faults.takeForRequest(["cut-after"], facts) !== undefined).toBe(strikes);
});

test("FaultRules that ask for a host name leave requests without one alone", () => {
  const faults = new FaultRules();
  faults.add({ kind: "server-error", hostname: "*" });

  expect(
    faults.takeForRequest(["server-error"], { ...facts, hostname: undefined }),
  ).toBeUndefined();
});

test("FaultRules.isSoldOut() can look without using a strike up", () => {
  const faults = new FaultRules();
  faults.add({ kind: "capacity-gone", plan: "c3.large.arm64", times: "always" });
  faults.add({ kind: "capacity-gone", metro: "sv" });

  expect(faults.isSoldOut("c3.large.arm64", "da", false)).toBe(true);
  expect(faults.isSoldOut("c2.large.arm", "da", false)).toBe(false);
  expect(faults.isSoldOut("c2.large.arm", "sv", true)).toBe(true);
  expect(faults.isSoldOut("c2.large.arm", "sv", true)).toBe(false);
});

test("FaultRules.clear() takes one away, or all", () => {
  const faults = new FaultRules();
  const { id } = faults.add({ kind: "provision-fails" });
  faults.add({ kind: "provision-slow", seconds: 1 });
  faults.add({ kind: "machine-dies", state: "active" });

  faults.clear(id);
  const left = faults.list().map((it) => it.rule.kind);
  faults.clear();

  expect(left).toEqual(["provision-slow", "machine-dies"]);
  expect(faults.list()).toEqual([]);
});

test("FaultRules.add() refuses what is no rule", () => {
  expect(() => new FaultRules().add({ kind: "server-error", times: 0 })).toThrow();
});
