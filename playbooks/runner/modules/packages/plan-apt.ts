/** Which packages apt-get has to be told to install or remove. Pure. */
import { fnmatch, isWildcard } from "../args/fnmatch";
import { TaskFailure } from "../task-failure";
import type { AptState } from "./apt-state";
import { compareVersions } from "./compare-versions";

/** `name`, `name=1.0`, `name=1.0*` or `name>=1.0`. */
export interface PackageSpec {
  readonly name: string;
  readonly relation?: "=" | ">=";
  readonly version?: string;
}

/** What is asked for. */
export interface AptWish {
  readonly specs: readonly PackageSpec[];
  /** Take the newest version of what is installed. */
  readonly latest: boolean;
  readonly onlyUpgrade: boolean;
}

/** Reads a specification. @throws TaskFailure for one that has two versions */
export function parseSpec(text: string): PackageSpec {
  const [, name = text, relation, version = ""] = /^(.*?)(>?=)([\s\S]*)$/.exec(text.trim()) ?? [];
  if (version.includes("=")) throw new TaskFailure(`invalid package spec: ${text}`);
  if (relation === undefined) return { name };
  return { name, relation: relation === "=" ? "=" : ">=", version };
}

/** Whether a text can be the name of a package; nothing else is ever given to apt. */
export function isPackageName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9+._:-]*$/.test(name);
}

/**
 * Replaces patterns by the names they match.
 * @param known - names in the lists
 * @throws TaskFailure for a pattern that matches none
 */
export function expandNames(
  specs: readonly PackageSpec[],
  known: readonly string[],
): PackageSpec[] {
  return specs.flatMap((spec) => {
    if (!isWildcard(spec.name)) return [spec];
    const pattern = fnmatch(spec.name);
    const names = known.filter((it) => pattern.test(it)).sort();
    if (names.length === 0)
      throw new TaskFailure(`No package(s) matching '${spec.name}' available`);
    return names.map((name) => ({ name }));
  });
}

/** How a package stands to what is asked of it. */
interface Standing {
  readonly installed: boolean;
  /** Installed, in a version that fits. */
  readonly fits: boolean;
  /** The version that fits and can be installed; true when apt must find one. */
  readonly installable: string | true | undefined;
}

/**
 * @returns words for `apt-get install`; none when all is as asked
 * @throws TaskFailure for a name or a version that is not there
 */
export function planInstall({ specs, latest, onlyUpgrade }: AptWish, state: AptState): string[] {
  return specs.flatMap((spec) => {
    const { name, relation, version } = spec;
    const { installed, fits, installable } = standingOf(spec, state);
    if (!installed && onlyUpgrade) return [];
    if (!fits && installable === undefined) {
      const given = `${name}${relation ?? ""}${version ?? ""}`;
      throw new TaskFailure(`no available installation candidate for ${given}`);
    }
    if (installable !== undefined && (!installed || latest || !fits)) {
      const exact = installable === true ? version : installable;
      return [exact === undefined ? name : `${name}=${exact}`];
    }
    // As Ansible does: a pattern that fits is followed to the newest version that it fits.
    const followed = fits && installable !== undefined && relation === "=";
    return followed ? [`${name}=${version ?? ""}`] : [];
  });
}

/** @returns words for `apt-get remove`; none when all is as asked */
export function planRemove(
  specs: readonly PackageSpec[],
  purge: boolean,
  state: AptState,
): string[] {
  return specs.flatMap((spec) => {
    const { name } = spec;
    const found = state.installed.get(name);
    if (found === undefined) return [];
    const due = found.installed ? matches(spec, found.version) : purge;
    return due ? [name] : [];
  });
}

/** Installed packages of these names that apt takes for dependencies of others. */
export function planMarks(specs: readonly PackageSpec[], state: AptState): string[] {
  const names = specs.map((it) => it.name);
  return names.filter(
    (it) => state.automatic.has(it) && state.installed.get(it)?.installed === true,
  );
}

/** @throws TaskFailure for a name that nothing has */
function standingOf(spec: PackageSpec, state: AptState): Standing {
  const { name } = spec;
  const offer = state.offers.get(name) ?? state.offers.get(name.replace(/:[^:]*$/, ""));
  const own = state.installed.get(name);
  const known = isPackageName(name) && (own !== undefined || (offer?.versions.length ?? 0) > 0);
  if (!known) return standingOfProvided(spec, state);
  const best = bestVersion(spec, offer ?? { candidate: undefined, versions: [] });
  if (own?.installed !== true) return { installed: false, fits: false, installable: best };
  const other = best !== undefined && best !== own.version && matches(spec, best);
  return {
    installed: true,
    fits: matches(spec, own.version),
    installable: other ? best : undefined,
  };
}

/** A name that no package bears, but that some provide. */
function standingOfProvided(spec: PackageSpec, state: AptState): Standing {
  const providers = state.providers.get(spec.name) ?? [];
  const [only] = providers;
  if (only === undefined) throw new TaskFailure(`No package matching '${spec.name}' is available`);
  const installed = providers.length === 1 && state.installed.get(only)?.installed === true;
  return { installed, fits: installed, installable: installed ? undefined : true };
}

function bestVersion(
  spec: PackageSpec,
  {
    candidate,
    versions,
  }: { readonly candidate: string | undefined; readonly versions: readonly string[] },
): string | undefined {
  return spec.relation === "=" ? versions.find((it) => matches(spec, it)) : candidate;
}

function matches({ relation, version = "" }: PackageSpec, actual: string): boolean {
  if (relation === undefined) return true;
  if (relation === ">=") return compareVersions(actual, version) >= 0;
  return fnmatch(version).test(actual);
}
