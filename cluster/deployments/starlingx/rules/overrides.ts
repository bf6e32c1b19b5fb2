/** Variables of the bootstrap in its own words: known, not modelled elsewhere, and of the right form. Pure. */
import type { Code } from "../../../../core/faults";
import type { ClusterSpec } from "../../../config";
import type { Finding } from "../../../finding";
import {
  FREE_NAMES,
  FREE_VARIABLES,
  type FreeVariable,
  MODELLED_VARIABLES,
  NETWORK_VARIABLE,
  REFUSED_VARIABLES,
  type VariableForm,
} from "../bootstrap-variables";
import { describeSite, type Site } from "../site";
import { findingAt, type SiteRule } from "./site-finding";

const SOURCE = "host_vars/bootstrap/default.yml";

/** All overrides of a site. */
export const checkOverrides: SiteRule = (site, cluster) =>
  Object.entries(site.options.overrides ?? {}).flatMap(([name, value]) => {
    const named = checkName(name, site, cluster);
    if (named !== undefined) return [named];
    const fact = FREE_VARIABLES[name];
    return fact ? checkValue({ name, value, fact }, site, cluster) : [];
  });

function checkName(given: string, site: Site, cluster: ClusterSpec): Finding | undefined {
  const at = ["overrides", given];
  const say = (code: Code, problem: string, hint?: string): Finding =>
    findingAt(code, site, at, cluster, { key: true, problem, given, ...(hint ? { hint } : {}) });
  if (given === "distributed_cloud_role") {
    return say(
      "AS1376",
      "dcmanager and the kind of the deployment give the role (distributed cloud guide);",
    );
  }
  const why = ownValue(REFUSED_VARIABLES, given);
  if (why !== undefined)
    return say("AS1330", `not an override of the bootstrap (${SOURCE}), as ${why}:`);
  const option = NETWORK_VARIABLE.test(given) ? "networks" : ownValue(MODELLED_VARIABLES, given);
  if (option !== undefined)
    return say(
      "AS1331",
      `there is an option for a variable of the bootstrap (${SOURCE}):`,
      `use ${option}`,
    );
  if (Object.hasOwn(FREE_VARIABLES, given)) return undefined;
  return findingAt("AS1330", site, at, cluster, {
    key: true,
    problem: `no variable of the bootstrap (${SOURCE}):`,
    given,
    allowed: FREE_NAMES,
  });
}

function ownValue(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

interface Override {
  readonly name: string;
  readonly value: unknown;
  readonly fact: FreeVariable;
}

function checkValue({ name, value, fact }: Override, site: Site, cluster: ClusterSpec): Finding[] {
  const say = (problem: string): Finding[] => [
    findingAt("AS1332", site, ["overrides", name], cluster, {
      problem: `${problem} (roles/bootstrap/validate-config)`,
    }),
  ];
  const wanted = formFault(value, fact.form);
  if (wanted !== undefined) return say(`${name} must be ${wanted}`);
  const given = site.options.overrides ?? {};
  const lacking = (fact.needs ?? []).filter((it) => !Object.hasOwn(given, it));
  if (lacking.length > 0) return say(`${name} needs ${lacking.join(" and ")} beside it`);
  const keys = Object.keys(fact.form.kind === "mapping" ? (value as object) : {});
  const stranger = keys.find((it) => fact.keys !== undefined && !fact.keys.includes(it));
  if (stranger !== undefined) return say(`${name} has no key ${JSON.stringify(stranger)}`);
  const { together = [] } = fact;
  const missing = together.filter((it) => !keys.includes(it));
  if (missing.length > 0 && keys.length > 0) return say(`${name} lacks ${missing.join(" and ")}`);
  if (name === "virtual_system" && value === true && !mayBeVirtual(site)) {
    return say(
      `virtual_system is for All-in-one alone and not for system controllers, and this is ${describeSite(site)}`,
    );
  }
  return [];
}

function mayBeVirtual({ configuration, role }: Site): boolean {
  return configuration.systemType === "All-in-one" && role !== "systemcontroller";
}

/** What the value should be; undefined when it is. */
function formFault(value: unknown, form: VariableForm): string | undefined {
  switch (form.kind) {
    case "bool":
      return typeof value === "boolean" ? undefined : "true or false";
    case "text":
      return typeof value === "string" && value !== "" ? undefined : "text";
    case "path":
      return typeof value === "string" && /^\/[^\0]+$/.test(value)
        ? undefined
        : "the absolute path of a file on the controller";
    case "list":
      return Array.isArray(value) ? undefined : "a list";
    case "mapping":
      return typeof value === "object" && value !== null && !Array.isArray(value)
        ? undefined
        : "a mapping";
    case "number":
      return Number.isInteger(value) && Number(value) >= form.min && Number(value) <= form.max
        ? undefined
        : `a whole number of ${form.min} to ${form.max}`;
    case "choice":
      return form.values.some((it) => it === value) ? undefined : form.values.join(" or ");
  }
}
