/** Rules of caas deployments, each with what it accepts and what it rejects. */
import path from "node:path";
import { z } from "zod";
import type { ClusterSpec } from "../../../../cluster";
import { formatPath } from "../../../../cluster/finding";
import { caasOptions } from "../../../../cluster/deployments/caas/options";
import { caasRules } from "../../../../cluster/deployments/caas/rules";
import { loadCases } from "../../../support/cases";
import { caasCluster, type CaasChanges } from "./described";

interface Case {
  readonly name: string;
  readonly options: CaasChanges;
  readonly pools?: readonly object[];
}

interface Rule {
  readonly rule: string;
  readonly accepts: readonly Case[];
  readonly rejects: readonly (Case & { readonly faults: readonly string[] })[];
}

const rules = loadCases<Rule>(path.join(__dirname, "rules"));
const accepted = rules.flatMap(({ rule, accepts }) => accepts.map((it) => ({ rule, ...it })));
const rejected = rules.flatMap(({ rule, rejects }) => rejects.map((it) => ({ rule, ...it })));

test.each(accepted)("$rule, accepts: $name", ({ options, pools }) => {
  expect(said(caasCluster(options, pools))).toEqual([]);
});

test.each(rejected)("$rule, rejects: $name", ({ options, pools, faults }) => {
  expect(said(caasCluster(options, pools))).toEqual(faults);
});

test.each([...accepted, ...rejected])("the schema has the keys of: $rule, $name", (it) => {
  const { kind: _, ...keys } = caasCluster(it.options, it.pools).deployment ?? { kind: "" };

  expect(z.strictObject(caasOptions).safeParse(keys).error?.issues ?? []).toEqual([]);
});

function said(cluster: ClusterSpec): string[] {
  return caasRules.check(cluster).map(({ fault, at }) => `${fault.code} ${formatPath(at)}`);
}
