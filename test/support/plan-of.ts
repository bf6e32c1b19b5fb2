/** A plan as Terraform would see it: the framework's rules, then the resource's own. */
import { changedNames, planAttributes, replacingPaths } from "../../provider/framework/plan-rules";
import type { Partially, Resource } from "../../provider/framework/resource";

/** What a plan says. */
export interface PlanSummary {
  readonly planned: Readonly<Record<string, unknown>>;
  /** Attributes that differ from the prior state; empty means no changes. */
  readonly changed: string[];
  /** Attributes for which the object is replaced. */
  readonly replaces: string[];
  readonly warnings: number;
}

/** Plans a change of an existing object; what the config does not name is null. */
export async function planOf<C, M extends object>(
  resource: Resource<C, M>,
  given: Partial<Partially<M>>,
  prior: M | null,
): Promise<PlanSummary> {
  const { schema } = resource;
  const none = Object.fromEntries(Object.keys(schema).map((name) => [name, null]));
  const config = { ...none, ...given };
  const before = prior === null ? null : { ...none, ...prior };
  const drafted = planAttributes(schema, config, before);
  const input = {
    prior,
    config: config as unknown as Partially<M>,
    planned: drafted as unknown as Partially<M>,
    changed: changedNames(schema, drafted, before),
  };
  const output = (await resource.modifyPlan?.(input, undefined)) ?? { planned: input.planned };
  const planned = output.planned as Readonly<Record<string, unknown>>;
  const bySchema = before === null ? [] : replacingPaths(schema, planned, before);
  const first = bySchema.map(([step]) => String(step?.attribute_name));
  return {
    planned,
    changed: [...changedNames(schema, planned, before)],
    replaces: [...first, ...(output.replaces ?? [])],
    warnings: output.warnings?.length ?? 0,
  };
}
