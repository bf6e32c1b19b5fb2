/** Files below /etc/modules-load.d and /etc/modprobe.d: the rules of `modprobe` for later boots. Pure. */

/** Whole files by path. */
export type Files = ReadonlyMap<string, string>;

/** What is asked for. */
export interface ModuleWish {
  /** The module's name. */
  readonly name: string;
  readonly params: readonly string[];
  readonly isLoaded: boolean;
}

/** Where modules are named that are loaded at boot. */
export const LOAD_FOLDER = "/etc/modules-load.d";
/** Where modules have their parameters. */
export const PARAMS_FOLDER = "/etc/modprobe.d";

/** @returns the files that become others */
export function planModules(files: Files, wish: ModuleWish): Files {
  return new Map([...planLoading(files, wish), ...planParams(files, wish)]);
}

function planLoading(files: Files, { name, isLoaded }: ModuleWish): Files {
  const below = filesIn(files, LOAD_FOLDER);
  const isNamed = (line: string): boolean => /^ *(\S+) *(?:[#;].*)?$/.exec(line)?.[1] === name;
  if (!isLoaded) return commentedOut(below, isNamed);
  const isThere = [...below.values()].some((it) => it.split("\n").some(isNamed));
  return new Map(isThere ? [] : [[`${LOAD_FOLDER}/${name}.conf`, `${name}\n`]]);
}

function planParams(files: Files, { name, params, isLoaded }: ModuleWish): Files {
  const below = filesIn(files, PARAMS_FOLDER);
  const paramsOf = (line: string): string[] => readParams(line, name);
  const wanted = new Set(isLoaded ? params : []);
  const found = new Set([...below.values()].flatMap((it) => it.split("\n").flatMap(paramsOf)));
  if (wanted.size === found.size && [...wanted].every((it) => found.has(it))) return new Map();
  const without = commentedOut(below, (line) => paramsOf(line).length > 0);
  if (!isLoaded) return without;
  const lines = params.map((it) => `options ${name} ${it}`);
  return new Map([...without, [`${PARAMS_FOLDER}/${name}.conf`, `${lines.join("\n")}\n`]]);
}

/** What a line sets of a module; nothing when it is another's. */
function readParams(line: string, name: string): string[] {
  const [, module, params = ""] = /^options (\S+) (.*)$/.exec(line) ?? [];
  const words = params.replace(/ *[#;].*$/, "").split(/\s+/);
  return module === name ? words.filter((it) => /^\w+=/.test(it)) : [];
}

function commentedOut(files: Files, isMeant: (line: string) => boolean): Files {
  const after = [...files].map(([at, text]) => {
    const lines = text.split("\n").map((it) => (isMeant(it) ? `#${it}` : it));
    return [at, lines.join("\n")] as const;
  });
  return new Map(after.filter(([at, text]) => text !== files.get(at)));
}

function filesIn(files: Files, folder: string): Files {
  return new Map([...files].filter(([at]) => at.startsWith(`${folder}/`)));
}
