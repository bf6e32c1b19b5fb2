/** Reads what plays, blocks and tasks say about every task in them, on top of what is inherited. Pure. */
import type { Cursor } from "./cursor";
import { isMapping } from "../../core/mapping";
import type { Condition, Directives, Flag, Variables } from "./play";

/** What holds where nothing is said. */
export const NO_DIRECTIVES: Directives = { when: [], tags: [], vars: [], environment: [] };

/** The directives of a mapping, with those inherited. */
export function readDirectives(at: Cursor, inherited: Directives): Directives {
  const own = {
    become: readFlag(at, "become"),
    becomeUser: readText(at, "become_user"),
    becomeMethod: readText(at, "become_method"),
    noLog: readFlag(at, "no_log"),
    ignoreErrors: readFlag(at, "ignore_errors"),
    ignoreUnreachable: readFlag(at, "ignore_unreachable"),
    checkMode: readFlag(at, "check_mode"),
    diff: readFlag(at, "diff"),
    anyErrorsFatal: readFlag(at, "any_errors_fatal"),
    runOnce: readFlag(at, "run_once"),
    delegateTo: readText(at, "delegate_to"),
    delegateFacts: readFlag(at, "delegate_facts"),
    remoteUser: readText(at, "remote_user"),
    port: readCount(at, "port"),
    connection: readText(at, "connection"),
    timeout: readCount(at, "timeout"),
    throttle: readCount(at, "throttle"),
  };
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return {
    ...inherited,
    ...given,
    when: [...inherited.when, ...readConditions(at, "when")],
    tags: [...new Set([...inherited.tags, ...readNames(at, "tags")])],
    vars: [...inherited.vars, ...readVariables(at)],
    environment: at.has("environment")
      ? [...inherited.environment, ...[at.at("environment").value].flat()]
      : inherited.environment,
  };
}

/** A switch; undefined when absent. */
export function readFlag(at: Cursor, key: string): Flag | undefined {
  const { value } = at.at(key);
  return typeof value === "boolean" || typeof value === "string" ? value : undefined;
}

/** A text; undefined when absent. */
export function readText(at: Cursor, key: string): string | undefined {
  const { value } = at.at(key);
  return typeof value === "string" ? value : undefined;
}

/** A number or a template of one; undefined when absent. */
export function readCount(at: Cursor, key: string): number | string | undefined {
  const { value } = at.at(key);
  return typeof value === "number" || typeof value === "string" ? value : undefined;
}

/** One condition or several, all of which must hold. */
export function readConditions(at: Cursor, key: string): Condition[] {
  return [at.at(key).value]
    .flat()
    .filter((it) => typeof it === "string" || typeof it === "boolean");
}

/** One name or several, also with commas in one text. */
export function readNames(at: Cursor, key: string): string[] {
  return [at.at(key).value]
    .flat()
    .filter((it) => typeof it === "string" || typeof it === "number")
    .flatMap((it) => String(it).split(","))
    .map((it) => it.trim())
    .filter((it) => it !== "");
}

/** Names that may hold commas. */
export function readTexts(at: Cursor, key: string): string[] {
  return [at.at(key).value].flat().filter((it) => typeof it === "string");
}

function readVariables(at: Cursor): Variables[] {
  const { value } = at.at("vars");
  return isMapping(value) ? [value] : [];
}
