import {
  Bug,
  describeError,
  fault,
  formatFault,
  OuterFault,
  throwIfAny,
  UserFault,
} from "../../core/faults";

test("formatFault() tells place, code, path, problem, what was given, what is allowed, and the guess", () => {
  const it = {
    ...fault("AS1601", "pools[1].role", {
      given: "woker",
      allowed: ["worker", "storage"],
      hint: "rename it",
    }),
    position: { file: "cluster.yaml", line: 14, column: 11 },
  };

  expect(formatFault(it)).toBe(
    'cluster.yaml:14:11  AS1601  pools[1].role: a name that cannot be a Terraform name "woker"; ' +
      'allowed: worker, storage; did you mean "worker"?; rename it',
  );
});

test("formatFault() cuts what was given when it is long", () => {
  expect(formatFault(fault("AS1001", "", { given: "x".repeat(500) })).length).toBeLessThan(200);
});

test("throwIfAny() tells all faults at once, and is content with none", () => {
  const faults = [fault("AS1001", "a"), fault("AS1601", "b")];

  expect(() => {
    throwIfAny([]);
  }).not.toThrow();
  expect(() => {
    throwIfAny(faults);
  }).toThrow(/AS1001[^]*\n[^]*AS1601/);
  expect(new UserFault(faults).faults).toEqual(faults);
});

test("OuterFault() says what was tried and keeps the cause", () => {
  const cause = new Error("ECONNREFUSED");
  const it = new OuterFault("AS2001", { tried: ["GET /user", "GET /user again"] }, { cause });

  expect(it.message).toContain("tried: GET /user; GET /user again");
  expect(it.cause).toBe(cause);
  expect(it.hint).not.toBe("");
});

test("describeError() never shows a stack trace", () => {
  for (const it of [new Bug("two and two is five"), new TypeError("x is not a function"), "text"]) {
    expect(describeError(it)).not.toMatch(/\n\s+at /);
  }
});
