/** Reads one play. */
import { posix } from "node:path";
import { isMapping } from "../../core/mapping";
import type { Cursor } from "./cursor";
import { checkKeywords, checkUnknown } from "./check-shape";
import { checkTemplates } from "./check-templates";
import { NO_DIRECTIVES, readCount, readDirectives, readFlag, readText } from "./directives";
import { parseHostPattern } from "./host-pattern";
import { PLAY_KEYWORDS } from "./keywords";
import { readModuleDefaults } from "./module-defaults";
import { checkNotify } from "./notify";
import { parseSteps } from "./parse-task";
import { checkConnection } from "./play-connection";
import type { Parsing } from "./parsing";
import { HOST_ORDERS, type Directives, type Play, type Task } from "./play";
import { emptyReach } from "./reach";
import { parseRoleEntry } from "./roles/parse-role";
import type { PlayParts, TaskScope } from "./task-scope";
import { readVarsFiles } from "./vars-files";

const SECTIONS = ["pre_tasks", "tasks", "post_tasks"] as const;
const NOT_TEXTS: readonly string[] = [
  ...SECTIONS,
  "handlers",
  "hosts",
  "module_defaults",
  "roles",
  "vars_files",
];

/** @returns undefined when it is no play at all; every fault is reported */
export function parsePlay(
  parsing: Parsing,
  at: Cursor,
  around: Directives = NO_DIRECTIVES,
): Play | undefined {
  if (!isMapping(at.value)) {
    parsing.report(at.fault("AS1405", { given: at.value, allowed: "a play, which is a mapping" }));
    return undefined;
  }
  checkKeys(parsing, at);
  const hosts = parseHostPattern("", at.has("hosts") ? at.at("hosts").value : undefined);
  if ("code" in hosts) {
    const { code, path: _, ...parts } = hosts;
    parsing.report(at.at("hosts").fault(code, parts));
    return undefined;
  }
  const reach = emptyReach();
  const directives = { ...readDirectives(at, around), vars: [] };
  const own = [at.at("vars").value].filter(isMapping);
  const files = readVarsFiles(parsing, reach, at.at("vars_files"), own.length);
  const play: Play = {
    ...readSteps({ parsing, reach, inherited: directives }, at),
    ...readSettings(at),
    name: typeof at.at("name").value === "string" ? String(at.at("name").value) : hosts.text,
    at: at.position,
    hosts,
    vars: [...own, ...files.vars, ...around.vars],
    chosen: files.chosen,
    directives,
    serial: readSerial(parsing, at.at("serial")),
    data: around === NO_DIRECTIVES ? at.value : [at.value, around],
    reach,
  };
  parsing.report(...checkNotify(play, at));
  return play;
}

function checkKeys(parsing: Parsing, at: Cursor): void {
  parsing.report(...checkKeywords(at, PLAY_KEYWORDS));
  const allowed = Object.keys(PLAY_KEYWORDS);
  const unknown = at.keys.filter((it) => !allowed.includes(it));
  parsing.report(...checkUnknown(at, unknown, allowed));
  for (const key of at.keys.filter((it) => !NOT_TEXTS.includes(it)))
    checkTemplates(parsing, at.at(key));
  checkConnection(parsing, at.at("vars"));
}

type Settings = Pick<
  Play,
  "gatherFacts" | "strategy" | "order" | "forceHandlers" | "maxFailPercentage"
>;

function readSettings(at: Cursor): Settings {
  return {
    gatherFacts: readFlag(at, "gather_facts") ?? true,
    strategy: /free|host_pinned/.test(readText(at, "strategy") ?? "") ? "free" : "linear",
    order: HOST_ORDERS.find((it) => it === at.at("order").value) ?? "inventory",
    forceHandlers: readFlag(at, "force_handlers") ?? false,
    ...optional({
      maxFailPercentage: readCount(at, "max_fail_percentage"),
    }),
  };
}

/** Roles run before the tasks; their handlers come before the play's own. */
function readSteps(
  surroundings: Pick<TaskScope, "parsing" | "reach" | "inherited">,
  at: Cursor,
): Pick<Play, "sections" | "handlers" | "roles"> {
  const parts: PlayParts = {
    folder: posix.dirname(at.document.file),
    roles: [],
    handlers: [],
  };
  const scope: TaskScope = {
    ...surroundings,
    defaults: readModuleDefaults(surroundings.parsing, at),
    play: parts,
    files: [],
    read: parseSteps,
  };
  const roles = at.at("roles").items.flatMap((it) => parseRoleEntry(scope, it) ?? []);
  const [before = [], tasks = [], after = []] = SECTIONS.map((it) => parseSteps(scope, at.at(it)));
  return {
    sections: [before, [...roles.flatMap((it) => it.steps), ...tasks], after],
    handlers: [
      ...roles.flatMap((it) => it.handlers),
      ...readHandlers(scope, at.at("handlers")),
      ...parts.handlers,
    ],
    roles: [...roles.flatMap((it) => it.uses), ...parts.roles],
  };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function optional<T extends object>(values: T): Given<T> {
  const given = Object.entries(values).filter(([, it]) => it !== undefined);
  return Object.fromEntries(given) as Given<T>;
}

/** Handlers are tasks; blocks and includes would run at a time that nobody expects. */
function readHandlers(scope: TaskScope, at: Cursor): Task[] {
  const steps = parseSteps(scope, at);
  const others = steps.filter((it) => it.kind !== "task");
  for (const { kind, at: position } of others) {
    const hint = "write handlers as plain tasks";
    scope.parsing.report(at.fault("AS1404", { given: `${kind} among handlers`, hint, position }));
  }
  return steps.filter((it) => it.kind === "task");
}

function readSerial(parsing: Parsing, at: Cursor): Play["serial"] {
  return [at.value].flat().flatMap((it): (number | `${number}%`)[] => {
    if (it === undefined) return [];
    const match = /^(\d+)(%?)$/.exec(
      typeof it === "number" || typeof it === "string" ? String(it) : "",
    );
    const size = Number(match?.[1] ?? 0);
    if (size > 0) return [match?.[2] === "%" ? `${size}%` : size];
    parsing.report(at.fault("AS1405", { given: it, allowed: "a number above 0, or a percentage" }));
    return [];
  });
}
