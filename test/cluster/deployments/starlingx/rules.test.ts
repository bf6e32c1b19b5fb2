/**
 * The rules of StarlingX, as data: a file a rule, with clusters that keep it and clusters that break it. A case is a valid
 * cluster of a kind with some values set or removed; what it breaks is a code and the path of the value.
 */
import path from "node:path";
import { z } from "zod";
import type { ClusterSpec } from "../../../../cluster";
import {
  STARLINGX_NAMES,
  type StarlingxName,
} from "../../../../cluster/deployments/starlingx/kinds";
import { checkStarlingx, optionsOf } from "../../../../cluster/deployments/starlingx/rules";
import { type Finding, formatPath } from "../../../../cluster/finding";
import { findingsOf } from "../../../../cluster/issues";
import { checkMirrors } from "../../../../cluster/rules/mirrors";
import { checkTuning } from "../../../../cluster/rules/tuning";
import { CATALOGUE } from "../../../../constructs/catalogue";
import { ARM_OFFER } from "../../../../constructs/deployments/starlingx/arm-offer";
import { STARLINGX_CODES } from "../../../../core/codes/starlingx";
import { loadCases } from "../../../support/cases";
import { validCluster } from "./valid-clusters";

interface Change {
  readonly why: string;
  readonly kind: StarlingxName;
  /** Values by path: `deployment.networks.oam.subnet`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Paths of what is removed. */
  readonly unset?: readonly string[];
}

interface Rule {
  /** Clusters that keep the rule. */
  readonly accepts: readonly Change[];
  /** Clusters that break it: `code path`, with `warning` before those that are one. */
  readonly rejects: readonly (Change & { readonly finds: readonly string[] })[];
}

const rules = loadCases<Rule>(path.join(__dirname, "rules"));
const accepted = rules.flatMap(({ name, accepts }) => accepts.map((it) => ({ name, ...it })));
const rejected = rules.flatMap(({ name, rejects }) => rejects.map((it) => ({ name, ...it })));

test.each(STARLINGX_NAMES)("the cluster that cases of %s start from is valid", (kind) => {
  expect(find(validCluster(kind))).toEqual([]);
});

test.each(accepted)("$name takes $why", (it) => {
  expect(findFor(it)).toEqual([]);
});

test.each(rejected)("$name refuses $why", (it) => {
  expect(findFor(it)).toEqual(it.finds);
});

test("every rule has clusters that keep it and clusters that break it", () => {
  const oneSided = rules.filter(
    ({ accepts, rejects }) => accepts.length === 0 || rejects.length === 0,
  );

  expect(oneSided.map(({ name }) => name)).toEqual([]);
});

test("every code is found by a case", () => {
  const found = new Set(rejected.flatMap(({ finds }) => finds.map((it) => /AS\d+/.exec(it)?.[0])));

  expect(Object.keys(STARLINGX_CODES).filter((code) => !found.has(code))).toEqual([]);
});

test("every message says where its reason is from, or names values that contradict each other", () => {
  const sources =
    /guide|bootstrap|starlingx\/config|validate|StarlingX on ARM|docs\.starlingx|default\.yml|secret variable|another|registries\.mirrors|overlaps|discovery/;
  const found = rejected.flatMap((it) => findings(changed(it)));
  const silent = found.filter(
    ({ fault }) => fault.code.startsWith("AS13") && !sources.test(fault.problem),
  );
  // Titles that need no more than the value, and refusals of names that the file itself has.
  const plain = ["AS1303", "AS1347", "AS1360", "AS1362", "AS1375", "AS1326"];

  expect(silent.map((it) => it.fault).filter(({ code }) => !plain.includes(code))).toEqual([]);
});

/** Many cases are of pairs that nobody verified, which one rule alone is about. */
function findFor(it: Change & { readonly name: string }): string[] {
  const found = find(changed(it));
  return it.name === "verified" ? found : found.filter((line) => !line.includes("AS1364"));
}

function find(cluster: ClusterSpec): string[] {
  return findings(cluster).map(({ at, severity, fault }) =>
    [severity === "warning" ? "warning" : "", fault.code, formatPath(at)].join(" ").trim(),
  );
}

/** As a file is judged: the rules are asked when the schema is kept. */
function findings(cluster: ClusterSpec): readonly Finding[] {
  const kind = String(cluster.deployment?.kind);
  const name = STARLINGX_NAMES.find((it) => kind === `starlingx/${it}`) ?? "aio-sx";
  const deployment = z.strictObject({ kind: z.literal(kind), ...optionsOf(name) });
  const schema = z.object({ deployment });
  const { error } = schema.safeParse(cluster);
  if (error) return findingsOf(error.issues, schema, cluster);
  return [
    ...checkStarlingx(cluster, ARM_OFFER),
    // Rules of all kinds that StarlingX has data for.
    ...checkMirrors(cluster, CATALOGUE),
    ...checkTuning(cluster, CATALOGUE),
  ];
}

function changed({ kind, set = {}, unset = [] }: Change): ClusterSpec {
  const cluster = structuredClone(validCluster(kind));
  for (const [at, value] of Object.entries(set)) place(cluster, at, value);
  for (const at of unset) place(cluster, at, undefined);
  return cluster;
}

function place(root: object, at: string, value: unknown): void {
  const keys = at.split(/(?<!\\)\./).map((it) => it.replaceAll("\\.", "."));
  const last = keys.pop() ?? "";
  let inner = root as Record<string, unknown>;
  for (const key of keys) inner = (inner[key] ??= {}) as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(inner, last);
  else inner[last] = value;
}
