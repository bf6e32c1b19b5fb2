/** What is wanted of each host, as digests. Pure, beside the engine's parsing. */
import { createHash } from "node:crypto";
import type { Partially } from "../../framework/resource";
import { isUnknownInside, Unknown } from "../../framework/unknown";
import { checkSources } from "./check-sources";
import type { PlaybookEngine } from "./engine";
import { toFiles, toInventory, toSources, toVars } from "./inputs";
import type { PlaybookModel } from "./model";
import { throwIfAny, type Fault } from "../../../core/faults";
import type { PlaybookSource, Wanted } from "../../../playbooks/playbooks";

/** Digests by host, undefined where unknown; undefined as a whole when the hosts' names are. */
export type WantedDigests = Readonly<Record<string, string | undefined>> | undefined;

/**
 * Digests what is wanted.
 * @throws UserFault when the playbooks have faults
 */
export function wantedDigests(
  engine: PlaybookEngine,
  plan: Partially<PlaybookModel>,
): WantedDigests {
  const { hosts } = plan;
  if (hosts instanceof Unknown) return undefined;
  const wanted = wantedOf(engine, plan);
  if (!wanted || isUnknownInside(extras(plan))) return allUnknown(hosts);
  throwIfAny(checkSources("playbooks", wanted.sources, wanted.faults));
  const digests = engine.digestHosts(wanted.playbooks, wanted.input);
  const entries = Object.keys(hosts).map(
    (name) => [name, withExtras(digests[name], plan)] as const,
  );
  return Object.fromEntries(entries);
}

/** What is wanted of hosts, as the engine takes it. */
export interface WantedInput extends Wanted {
  readonly sources: readonly PlaybookSource[];
  readonly faults: readonly Fault[];
}

/** Parses what is wanted; undefined where something is unknown that reaches all hosts. */
export function wantedOf(
  engine: PlaybookEngine,
  plan: Partially<PlaybookModel>,
): WantedInput | undefined {
  const [sources, files, vars] = [
    toSources(plan.playbooks),
    toFiles(plan.files),
    toVars(plan.vars),
  ];
  const { hosts } = plan;
  if (!sources || !files || !vars || hosts instanceof Unknown) return undefined;
  const { playbooks, faults } = engine.parsePlaybooks(sources, files);
  return { sources, faults, playbooks, input: { inventory: toInventory(hosts), vars, files } };
}

/** What the engine's digest does not know of: it makes every host run when it changes. */
function extras(plan: Partially<PlaybookModel>): readonly unknown[] {
  return [plan.secret_vars_version, plan.tags, plan.skip_tags];
}

function withExtras(
  digest: string | undefined,
  plan: Partially<PlaybookModel>,
): string | undefined {
  const more = extras(plan);
  if (digest === undefined || more.every((it) => it === null)) return digest;
  const text = JSON.stringify([digest, ...more]);
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function allUnknown(hosts: object): WantedDigests {
  return Object.fromEntries(Object.keys(hosts).map((name) => [name, undefined]));
}
