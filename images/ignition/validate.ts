/**
 * Judges Ignition configs before a machine reads them: all faults at once, each with its path. Stricter than
 * Ignition in one point: a key that it does not know is a fault, since the machine would boot without it. Pure.
 */
import { type Fault, throwIfAny } from "../../core/faults";
import { IGNITION_VERSIONS, type IgnitionConfig } from "./config";
import { valueAt } from "../../core/finding";
import { isMapping } from "../../core/mapping";
import { type Found, wrong } from "./found";
import { judgeWhole } from "./rules/config-rules";
import { judgeShape } from "./shape";
import { IGNITION_SHAPE } from "./specification";

/** What was found in a config. */
export interface IgnitionReport {
  readonly faults: readonly Fault[];
  /** What is valid, and probably not meant so. */
  readonly warnings: readonly Fault[];
}

/** Judges a config as a value, as JSON.parse gives it. */
export function validateIgnition(config: unknown): IgnitionReport {
  const found = judge(config);
  return {
    faults: found.filter(({ severity }) => severity === "error").map((it) => it.fault),
    warnings: found.filter(({ severity }) => severity === "warning").map((it) => it.fault),
  };
}

/**
 * Reads a config from its JSON.
 * @throws UserFault AS1501 to AS1523, all faults at once
 */
export function parseIgnition(text: string): IgnitionConfig {
  const config = tryParse(text);
  const { faults } =
    "problem" in config
      ? { faults: [wrong("AS1502", [], { problem: config.problem }).fault] }
      : validateIgnition(config.value);
  throwIfAny(faults);
  return ("value" in config ? config.value : undefined) as IgnitionConfig;
}

function judge(config: unknown): readonly Found[] {
  if (!isMapping(config)) return [wrong("AS1502", [], { given: config })];
  const version = valueAt(config, ["ignition", "version"]);
  const known = IGNITION_VERSIONS.find((it) => it === version);
  const path = ["ignition", "version"];
  const unsupported =
    typeof version === "string" && known === undefined
      ? [wrong("AS1501", path, { given: version, allowed: IGNITION_VERSIONS })]
      : [];
  // With an unknown version, what only the newest has is not held against the config.
  const newest = IGNITION_VERSIONS.at(-1) ?? "";
  return [
    ...unsupported,
    ...judgeShape(config, IGNITION_SHAPE, [], known ?? newest),
    ...judgeWhole(config),
  ];
}

function tryParse(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { problem: `this is not JSON: ${said}` };
  }
}
