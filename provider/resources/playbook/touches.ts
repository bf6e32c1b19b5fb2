/**
 * `touches` in a plan: by host, why its plays ran last, or will run. A host's entry differs from the one before exactly
 * when it is touched: runs are counted, since two may have the same reason. Pure, beside the engine's parsing.
 *
 * Terraform plans again when it applies, with more values known: whatever is said here must be the same then, so that a host
 * of which anything is unknown has no reason yet.
 */
import { member } from "../../../core/mapping";
import type { MaybeUnknown, Partially } from "../../framework/resource";
import { UNKNOWN, Unknown } from "../../framework/unknown";
import { isDigest } from "./applied";
import { wantedOf, type WantedDigests } from "./digest";
import type { PlaybookEngine } from "./engine";
import type { PlaybookModel } from "./model";

/** Reasons that are told; of further ones, how many. */
const MOST_REASONS = 5;
const RUN = /^run (\d+): /;
/** Attributes that reach every host, and are no part of playbooks and inventory. */
const EXTRAS = ["secret_vars_version", "tags", "skip_tags"] as const;

type Touches = PlaybookModel["touches"];

/** What a plan is made from. */
export interface TouchesInput {
  /** Null on create. */
  readonly prior: PlaybookModel | null;
  readonly planned: Partially<PlaybookModel>;
  readonly wanted: NonNullable<WantedDigests>;
}

/** The planned attribute: entries of hosts that are not touched stay as they are. */
export function planTouches(
  engine: PlaybookEngine,
  { prior, planned, wanted }: TouchesInput,
): MaybeUnknown<Touches> {
  const touched = Object.keys(wanted).filter(
    (host) => wanted[host] === undefined || wanted[host] !== member(prior?.applied, host),
  );
  if (prior?.touches === null && touched.length === 0) return null;
  const known = touched.filter((it) => wanted[it] !== undefined && member(prior?.applied, it));
  const reasons = prior && known.length > 0 ? explain(engine, known, { prior, planned }) : {};
  const entries = Object.keys(wanted).flatMap((host): [string, MaybeUnknown<string>][] => {
    const before = member(prior?.touches, host);
    const entry = member(prior?.applied, host);
    if (!touched.includes(host)) return before === undefined ? [] : [[host, before]];
    if (entry === undefined) return [[host, "run 1: new host"]];
    if (wanted[host] === undefined) return [[host, UNKNOWN]];
    const all = [...(isDigest(entry) ? [] : [entry]), ...(member(reasons, host) ?? [])];
    return [[host, `run ${runsOf(before) + 1}: ${words(all)}`]];
  });
  return Object.fromEntries(entries);
}

function runsOf(entry: string | undefined): number {
  return Number(RUN.exec(entry ?? "")?.[1] ?? 0);
}

function words(reasons: readonly string[]): string {
  if (reasons.length === 0) return "what its plays read changed";
  const left = reasons.length - MOST_REASONS;
  const told = reasons.slice(0, MOST_REASONS).join("; ");
  return left > 0 ? `${told}; and ${left} more` : told;
}

function explain(
  engine: PlaybookEngine,
  hosts: readonly string[],
  { prior, planned }: { readonly prior: PlaybookModel; readonly planned: Partially<PlaybookModel> },
): Readonly<Record<string, readonly string[]>> {
  const extras = EXTRAS.filter((it) => JSON.stringify(prior[it]) !== textOf(planned[it])).map(
    (it) => `${it} changed`,
  );
  const [before, after] = [wantedOf(engine, prior), wantedOf(engine, planned)];
  const found =
    before && after && before.faults.length === 0
      ? engine.explainHosts(hosts, { before, after })
      : {};
  return Object.fromEntries(
    hosts.map((host) => [host, [...extras, ...(member(found, host) ?? [])]] as const),
  );
}

function textOf(value: unknown): string {
  return value instanceof Unknown ? "" : JSON.stringify(value);
}
