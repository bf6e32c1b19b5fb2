/**
 * The variables that one task sees on one host: layers, highest first. Only what a user wrote is
 * templated, lazily and only the part that is asked for; facts, results and secrets are data.
 */
import type { Variables } from "../../model/play";
import { TemplateFailure } from "../template/failure";
import type { Found, Templar, VariableScope } from "../template/templar";
import { descend } from "./descend";

/** Variables of one origin. */
export interface Layer {
  readonly values: Variables;
  /** Whether the values are a user's text, in which templates are rendered. */
  readonly templated: boolean;
  /** Whether they are the inventory's. @default false */
  readonly isInventory?: boolean;
  /** Names that have a value which is not known in this run. */
  readonly withheld?: ReadonlySet<string>;
}

/** What a {@link Scope} is made of. */
export interface ScopeParts {
  readonly templar: Templar;
  /** Highest first. */
  readonly layers: readonly Layer[];
  /** Values that no layer can replace, made when they are asked for. */
  readonly magic: ReadonlyMap<string, () => unknown>;
  /** Scopes of the hosts, for `hostvars`. */
  readonly hosts: HostScopes;
  /** The playbook or file of tasks whose files lookups find first. */
  readonly from?: string;
}

/** The scopes of all hosts of the inventory. */
export interface HostScopes {
  readonly names: () => readonly string[];
  /** Undefined for a host that is not in the inventory. */
  readonly scopeOf: (host: string) => Scope | undefined;
}

type Path = readonly (string | number)[];

/** Looks variables up; what was found is kept, so a scope serves one moment of a run. */
export class Scope implements VariableScope {
  readonly #parts: ScopeParts;
  readonly #found = new Map<string, Found>();
  readonly #active = new Set<string>();

  /** @param parts - layers and magic variables */
  constructor(parts: ScopeParts) {
    this.#parts = parts;
  }

  /** The playbook or file of tasks whose files lookups find first. */
  get from(): string | undefined {
    return this.#parts.from;
  }

  /** The same with further layers above. */
  above(...layers: readonly Layer[]): Scope {
    return new Scope({ ...this.#parts, layers: [...layers, ...this.#parts.layers] });
  }

  /** Whether anything but the inventory gives one of these variables a value. */
  saysAboveInventory(names: readonly string[]): boolean {
    const layers = this.#parts.layers.filter((it) => it.isInventory !== true);
    return layers.some(({ values }) => names.some((it) => Object.hasOwn(values, it)));
  }

  /** Names of all variables, sorted. */
  names(): string[] {
    const { layers, magic } = this.#parts;
    const names = layers.flatMap((it) => Object.keys(it.values));
    return [...new Set([...names, ...magic.keys()])].sort();
  }

  /** A variable or a part of it. @throws TemplateFailure when its template fails, or needs itself */
  find(root: string, path: Path): Found {
    const key = JSON.stringify([root, ...path]);
    const known = this.#found.get(key);
    if (known) return known;
    if (this.#active.has(key)) {
      throw new TemplateFailure("other", `the value of '${nameOf(root, path)}' needs itself`);
    }
    this.#active.add(key);
    try {
      const found = this.#search(root, path);
      this.#found.set(key, found);
      return found;
    } finally {
      this.#active.delete(key);
    }
  }

  /** A variable of a host; with an empty path, all of them. */
  findOfHost(host: string, path: Path): Found {
    const scope = this.#parts.hosts.scopeOf(host);
    if (!scope) return { found: false, reason: `'hostvars' has no host '${host}'` };
    const [root, ...rest] = path;
    if (root !== undefined) {
      const found = scope.find(String(root), rest);
      return found.found ? found : { found: false, reason: `${found.reason} for host '${host}'` };
    }
    return { found: true, value: scope.all() };
  }

  /** All variables as data, without those that cannot be resolved. */
  all(): Readonly<Record<string, unknown>> {
    const entries = this.names().flatMap((name) => {
      const found = this.#tryFind(name);
      return found.found ? [[name, found.value] as const] : [];
    });
    return Object.fromEntries(entries);
  }

  #tryFind(name: string): Found {
    try {
      return this.find(name, []);
    } catch (error) {
      if (error instanceof TemplateFailure) return { found: false, reason: error.message };
      throw error;
    }
  }

  #search(root: string, path: Path): Found {
    const { layers, magic, templar } = this.#parts;
    if (root === "hostvars") return this.#searchHosts(path);
    const made = magic.get(root);
    if (made) return descend(made(), root, path);
    const layer = layers.find(
      (it) => Object.hasOwn(it.values, root) || it.withheld?.has(root) === true,
    );
    if (layer?.withheld?.has(root) === true) {
      throw new TemplateFailure("withheld", `the value of '${root}' is not known here`);
    }
    if (!layer) return { found: false, reason: reasonOf(root) };
    if (!layer.templated) return descend(layer.values[root], root, path);
    return this.#render(layer.values[root], root, path, templar);
  }

  #searchHosts([host, ...rest]: Path): Found {
    if (host !== undefined) return this.findOfHost(String(host), rest);
    const { hosts } = this.#parts;
    const all = hosts.names().map((name) => [name, hosts.scopeOf(name)?.all()] as const);
    return { found: true, value: Object.fromEntries(all) };
  }

  /** Goes down as far as data reaches, then renders what is there. */
  #render(value: unknown, root: string, path: Path, templar: Templar): Found {
    let rest = value;
    let depth = 0;
    while (depth < path.length && typeof rest !== "string") {
      const step = descend(rest, nameOf(root, path.slice(0, depth)), path.slice(depth, depth + 1));
      if (!step.found) return step;
      rest = step.value;
      depth += 1;
    }
    try {
      return descend(templar.template(rest, this), root, path.slice(depth));
    } catch (error) {
      if (!(error instanceof TemplateFailure) || error.kind !== "undefined") throw error;
      return { found: false, reason: `${error.message}, in '${nameOf(root, path)}'` };
    }
  }
}

/** Variables of Ansible that there are not here, or not in every run, and why. */
const NOT_THERE: ReadonlyMap<string, string> = new Map([
  ["ansible_playbook_python", "no Python runs the plays"],
  ["inventory_dir", "the inventory is no file"],
  ["inventory_file", "the inventory is no file"],
  ["ansible_inventory_sources", "the inventory is no file"],
  ["ansible_limit", "the run has no limit"],
]);

function reasonOf(root: string): string {
  const why = NOT_THERE.get(root);
  return `'${root}' is undefined${why === undefined ? "" : `: ${why}`}`;
}

function nameOf(root: string, path: Path): string {
  return [root, ...path].join(".");
}
