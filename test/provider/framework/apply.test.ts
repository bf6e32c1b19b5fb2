import { Bug, fault, OuterFault, UserFault } from "../../../core/faults";
import type { Resource, Schema, WriteContext } from "../../../provider/framework/resource";
import { UNKNOWN } from "../../../provider/framework/unknown";
import { Harness } from "../support/harness";

interface Thing {
  readonly id: string;
  readonly name: string;
  readonly size: number | null;
  readonly secret: string | null;
}

const SCHEMA: Schema = {
  id: { type: "string", computed: true, doc: "" },
  name: { type: "string", required: true, doc: "" },
  size: { type: "number", computed: true, doc: "" },
  secret: { type: "string", optional: true, writeOnly: true, doc: "" },
};
const LIMITS = { create: 60_000, read: 60_000, update: 60_000, delete: 60_000 };
const PLANNED = { id: UNKNOWN, name: "a", size: UNKNOWN, secret: null, timeouts: null };
const CONFIG = { name: "a", secret: "hunter2hunter2" };
const STATE = { id: "1", name: "a", size: 1, secret: null, timeouts: null };

function harnessOf(parts: Partial<Resource<object, Thing>>): Promise<Harness<object>> {
  const unexpected = (): Promise<never> => Promise.reject(new Error("not expected"));
  const resource: Resource<object, Thing> = {
    type: "armstead_thing",
    doc: "",
    schema: SCHEMA,
    timeLimits: LIMITS,
    ...{ create: unexpected, read: unexpected, update: unexpected, delete: unexpected },
    ...parts,
  };
  return Harness.of(resource, {});
}

/** What the answer says went wrong, by code. */
function codes(answer: {
  readonly diagnostics?: readonly { readonly summary?: string | undefined }[] | undefined;
}): string[] {
  return (answer.diagnostics ?? []).map(({ summary = "" }) => summary.slice(0, 6));
}

test("applyResourceChange() stores what create answers, write-only values left out", async () => {
  const harness = await harnessOf({
    create: (_, plan, config) =>
      Promise.resolve({ ...(plan as Thing), id: "1", size: config.secret?.length ?? 0 }),
  });

  const answer = await harness.apply(null, PLANNED, CONFIG);

  expect(answer.diagnostics).toEqual([]);
  expect(answer.state).toEqual({ ...STATE, size: 14 });
  expect(answer.private).toEqual(Buffer.from("private"));
});

test("applyResourceChange() keeps what a resource remembers, also when it fails, and hands it on", async () => {
  const seen: unknown[] = [];
  const remember = ({ stored, store }: WriteContext<object, Thing>): Promise<never> => {
    seen.push(stored);
    store({ remembered: seen.length });
    return Promise.reject(new OuterFault("AS2001"));
  };
  const harness = await harnessOf({
    create: remember,
    update: remember,
    read: ({ stored }, state) => {
      seen.push(stored);
      return Promise.resolve(state);
    },
  });

  await harness.apply(null, PLANNED, CONFIG);
  await harness.apply(STATE, { ...STATE, name: "other" });
  await harness.read(STATE);

  expect(seen).toEqual([undefined, { remembered: 1 }, { remembered: 2 }]);
});

test("applyResourceChange() stores nothing when create fails before anything exists", async () => {
  const harness = await harnessOf({
    create: () => Promise.reject(new OuterFault("AS2001", { problem: "down", tried: ["twice"] })),
  });

  const answer = await harness.apply(null, PLANNED, CONFIG);

  expect(answer.state).toBeNull();
  expect(codes(answer)).toEqual(["AS2001"]);
  expect(answer.diagnostics?.[0]?.detail).toContain("tried: twice");
});

test("applyResourceChange() stores the last kept object when create fails, unknowns as null", async () => {
  const harness = await harnessOf({
    create({ keep }, plan) {
      keep({ ...(plan as Thing), id: "first" });
      keep({ ...(plan as Thing), id: "second", secret: "hunter2hunter2" });
      throw new UserFault([fault("AS1820", "name"), fault("AS1821", "nothing")]);
    },
  });

  const answer = await harness.apply(null, PLANNED, CONFIG);

  expect(answer.state).toEqual({ ...STATE, id: "second", size: null });
  expect(codes(answer)).toEqual(["AS1820", "AS1821"]);
  const paths = answer.diagnostics?.map(({ attribute }) => attribute?.steps?.[0]?.attribute_name);
  expect(paths).toEqual(["name", undefined]);
});

test("applyResourceChange() loses one attribute, not the object, when an answer has a wrong type", async () => {
  const harness = await harnessOf({
    create: (_, plan) => Promise.resolve({ ...(plan as Thing), id: "1", size: "large" as never }),
  });

  const answer = await harness.apply(null, PLANNED, CONFIG);

  expect(answer.state).toEqual({ ...STATE, size: null });
  expect(codes(answer)).toEqual(["AS3001"]);
  expect(answer.diagnostics?.[0]?.detail).toContain("size: a value of type number was expected");
});

test("applyResourceChange() loses one attribute of a kept object too", async () => {
  const harness = await harnessOf({
    create({ keep }, plan) {
      keep({ ...(plan as Thing), id: "1", size: Number.NaN });
      throw new Error("later");
    },
  });

  expect((await harness.apply(null, PLANNED, CONFIG)).state).toEqual({ ...STATE, size: null });
});

test("applyResourceChange() tells when an answer is still unknown", async () => {
  const harness = await harnessOf({
    create: (_, plan) => Promise.resolve({ ...(plan as Thing), id: "1" }),
  });

  const answer = await harness.apply(null, PLANNED, CONFIG);

  expect(answer.state).toEqual({ ...STATE, size: null });
  expect(answer.diagnostics?.[0]?.detail).toContain("size is still unknown");
});

test("applyResourceChange() keeps the prior object when an update fails before it did anything", async () => {
  const harness = await harnessOf({ update: () => Promise.reject(new Bug("no")) });

  const answer = await harness.apply(STATE, { ...STATE, name: "b" });

  expect(answer.state).toEqual(STATE);
  expect(codes(answer)).toEqual(["AS3001"]);
});

test("applyResourceChange() stores what an update did before it failed", async () => {
  const harness = await harnessOf({
    update({ keep }, plan, state) {
      keep({ ...state, name: plan.name as string });
      throw new OuterFault("AS2001");
    },
  });

  const answer = await harness.apply(STATE, { ...STATE, name: "b", size: UNKNOWN });

  expect(answer.state).toEqual({ ...STATE, name: "b" });
});

test("applyResourceChange() answers null after a delete, and the object when it failed", async () => {
  const gone = await harnessOf({ delete: () => Promise.resolve() });
  const stuck = await harnessOf({ delete: () => Promise.reject(new OuterFault("AS2001")) });

  expect((await gone.apply(STATE, null)).state).toBeNull();
  expect((await stuck.apply(STATE, null)).state).toEqual(STATE);
});

test("applyResourceChange() does not call the resource when only time limits changed", async () => {
  const harness = await harnessOf({});
  const timeouts = { create: "5m", read: null, update: null, delete: null };

  const answer = await harness.apply(STATE, { ...STATE, timeouts });

  expect(answer.state).toEqual({ ...STATE, timeouts });
  expect(answer.diagnostics).toEqual([]);
});

test("applyResourceChange() aborts with AS2002 after the time limit of `timeouts`", async () => {
  const harness = await harnessOf({
    create: ({ keep, signal }, plan) => {
      keep({ ...(plan as Thing), id: "1" });
      return new Promise((_, reject) => {
        // As a library would reject: with an error of its own.
        signal.addEventListener("abort", () => {
          reject(new DOMException("aborted", "AbortError"));
        });
      });
    },
  });
  const timeouts = { create: "5ms", read: null, update: null, delete: null };

  const answer = await harness.apply(null, { ...PLANNED, timeouts }, { ...CONFIG, timeouts });

  expect(codes(answer)).toEqual(["AS2002"]);
  expect(answer.state).toMatchObject({ id: "1", timeouts });
  expect(answer.diagnostics?.[0]?.detail).toContain(
    "create of armstead_thing did not end within 5 ms",
  );
});

test("stopProvider() brings open calls to an end, and they answer what exists", async () => {
  let started = (): void => undefined;
  const running = new Promise<void>((resolve) => (started = resolve));
  const harness = await harnessOf({
    create: ({ keep, signal }, plan) => {
      keep({ ...(plan as Thing), id: "1" });
      started();
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
      });
    },
  });
  const open = harness.apply(null, PLANNED, CONFIG);
  await running;

  await harness.service.StopProvider({});

  const answer = await open;
  expect(codes(answer)).toEqual(["AS1802"]);
  expect(answer.state).toMatchObject({ id: "1" });
});

test("applyResourceChange() never tells a secret, and keeps stack traces for the debug log", async () => {
  const harness = await harnessOf({
    create: (_, __, { secret }) => Promise.reject(new TypeError(`cannot log in with ${secret}`)),
  });

  const answer = await harness.apply(null, PLANNED, CONFIG);

  const shown = JSON.stringify(answer.diagnostics);
  expect(codes(answer)).toEqual(["AS3001"]);
  expect(shown).toContain("cannot log in with (secret)");
  expect(shown).toContain("report");
  expect(shown).not.toMatch(/ at .*\.ts:\d+/);
  expect(harness.log.join("\n")).toMatch(/ at .*\.ts:\d+/);
  expect(harness.log.join("\n")).not.toContain("hunter2");
});

test("calls without a configured provider fail clearly", async () => {
  const harness = await harnessOf({});
  harness.session.reset([]);

  expect(codes(await harness.apply(null, PLANNED, CONFIG))).toEqual(["AS1810"]);
  expect(codes(await harness.read(STATE))).toEqual(["AS1810"]);
});
