import path from "node:path";
import type { Attribute, Resource, Schema } from "../../../provider/framework/resource";
import { UNKNOWN, Unknown } from "../../../provider/framework/unknown";
import { loadCases } from "../../support/cases";
import { Harness, type Values } from "../support/harness";

/** An attribute in short, or in full; `same: "case"` ignores case. */
type ShortAttribute =
  "computed" | "required" | "optional" | (Omit<Attribute, "same"> & { same?: "case" });

interface Case {
  readonly attributes: Readonly<Record<string, ShortAttribute>>;
  readonly prior: Values | null;
  readonly config: Values;
  readonly planned: Values;
  /** Dotted paths. @default - none */
  readonly replaces?: readonly string[];
  /** Why nothing is to be done. */
  readonly noop?: string;
}

const LIMITS = { create: 1_000, read: 1_000, update: 1_000, delete: 1_000 };
const cases = loadCases<Case>(path.join(__dirname, "plan"));

test.each(cases)("planResourceChange() $name", async (it) => {
  const harness = await Harness.of(resourceOf(it.attributes), {});

  const answer = await harness.plan(revive(it.prior), revive(it.config) ?? {});

  expect(answer.diagnostics).toEqual([]);
  const { timeouts, ...planned } = answer.planned ?? {};
  const expected = it.planned.timeouts === undefined ? planned : { ...planned, timeouts };
  expect(expected).toEqual(revive(it.planned));
  expect(pathsOf(answer)).toEqual(it.replaces ?? []);
  expect(answer.planned_private).toEqual(Buffer.from("private"));
  if (it.noop !== undefined) expect(planned).toEqual(normal(it.prior));
});

function resourceOf(attributes: Case["attributes"]): Resource<object, object> {
  const never = (): Promise<never> => Promise.reject(new Error("not in a plan"));
  const schema = Object.entries(attributes).map(([name, it]) => [name, toAttribute(it)] as const);
  return {
    type: "armstead_case",
    doc: "",
    schema: Object.fromEntries(schema) satisfies Schema,
    timeLimits: LIMITS,
    ...{ create: never, read: never, update: never, delete: never },
  };
}

function toAttribute(it: ShortAttribute): Attribute {
  if (typeof it === "string") return { type: "string", [it]: true, doc: "" };
  const { same, ...rest } = it;
  const ignoreCase = (a: unknown, b: unknown): boolean =>
    (a as string).toLowerCase() === (b as string).toLowerCase();
  return same ? { ...rest, same: ignoreCase } : rest;
}

/** The prior as the schema sees it: a write-only attribute is there, and null. */
function normal(prior: Values | null): Values {
  const given = revive(prior) ?? {};
  return expect.objectContaining(given) as Values;
}

function revive(values: Values | null): Values | null {
  const text = JSON.stringify(values);
  return JSON.parse(text, (_, it: unknown) =>
    typeof it === "object" && it !== null && "$unknown" in it ? UNKNOWN : it,
  ) as Values | null;
}

function pathsOf(answer: Awaited<ReturnType<Harness<object>["plan"]>>): string[] {
  const paths = answer.requires_replace ?? [];
  return paths.map(({ steps = [] }) =>
    steps
      .map((it) => it.attribute_name ?? it.element_key_string ?? String(it.element_key_int))
      .join("."),
  );
}

test("planResourceChange() lets the resource change the plan, and then expects an update", async () => {
  const attributes = {
    name: "required",
    rev: { type: "number", computed: true, changesOnUpdate: true, doc: "" },
  } as const;
  const seen: unknown[] = [];
  const resource: Resource<object, object> = {
    ...resourceOf({ ...attributes, applied: "computed" }),
    modifyPlan({ planned, changed, prior }) {
      seen.push([...changed], prior);
      return { planned: { ...planned, applied: "new" }, replaces: ["applied"] as never };
    },
  };
  const harness = await Harness.of(resource, {});
  const prior = { name: "a", rev: 1, applied: "old" };

  const answer = await harness.plan(prior, { name: "a" });

  expect(seen).toEqual([[], { ...prior, timeouts: null }]);
  expect(answer.planned).toMatchObject({ applied: "new", rev: expect.any(Unknown) as Unknown });
  expect(pathsOf(answer)).toEqual(["applied"]);
});

test("planResourceChange() of a delete answers null and keeps the private bytes", async () => {
  const harness = await Harness.of(resourceOf({ name: "required" }), {});

  const answer = await harness.plan({ name: "a" }, null);

  expect(answer.planned).toBeNull();
  expect(answer.planned_private).toEqual(Buffer.from("private"));
});
