/**
 * What one parse of playbooks knows and gathers: the travelling files, the rules that the runner lends
 * (modules, template grammar), and every fault. The model itself never loads the runner.
 */
import type { z } from "zod";
import type { Fault } from "../../core/faults";
import { nearest } from "../../core/nearest";
import type { Cursor } from "./cursor";
import type { TravellingFiles } from "./source";
import type { Token } from "./template/tokens";
import type { Vault } from "../vault/vault";
import { parseYaml, type YamlDocument } from "./yaml-document";

/** What the model must know of a module. */
export interface ModuleSpec {
  /** Short name. */
  readonly name: string;
  /** Arguments; unknown ones are errors. */
  readonly args: z.ZodType;
  /** Every argument's name, aliases included. Absent: any name is an argument. */
  readonly parameters?: readonly string[];
  /** The argument that a plain string fills. */
  readonly freeForm?: string;
  /** Arguments that hold expressions, not templates. */
  readonly expressions?: readonly string[];
}

/** What the model must know of templates. */
export interface TemplateRules {
  /** Says what is wrong with the grammar of a template or an expression; undefined when nothing is. */
  readonly syntax: (text: string, kind: "template" | "expression") => string | undefined;
  readonly filters: readonly string[];
  readonly tests: readonly string[];
  readonly functions: readonly string[];
  /** Functions that cannot be had, with the nearest form. */
  readonly refusedFunctions: ReadonlyMap<string, string>;
  /** Why a filter cannot be called with these arguments; undefined when it can, or when only a run can tell. */
  readonly misuse: (filter: string, args: readonly Token[]) => string | undefined;
  /** Names of lookups, and those that are refused with the nearest form. */
  readonly lookups: readonly string[];
  readonly refusedLookups: ReadonlyMap<string, string>;
  /** Filters and tests that cannot be had, with the nearest form. */
  readonly refused: ReadonlyMap<string, string>;
}

/** The rules that the runner lends to the model. */
export interface LanguageRules {
  readonly modules: ReadonlyMap<string, ModuleSpec>;
  readonly templates: TemplateRules;
  /** Whether a run can read files with keys. @default false */
  readonly readsKeys?: boolean;
}

/** What a play was found to read, while it is parsed. */
export interface ReachBuilder {
  readonly documents: Map<string, unknown>;
  readonly files: Set<string>;
  readonly templates: Set<string>;
  anyFile: boolean;
}

/** State of one parse. */
export class Parsing {
  readonly faults: Fault[] = [];
  /** Playbooks among the travelling files that others import. */
  readonly playbooks = new Set<string>();
  readonly #documents = new Map<string, YamlDocument>();

  /**
   * @param rules - what the runner knows
   * @param files - the files that travel with the playbooks, vaults opened as far as they can be
   * @param vault - opens values of `!vault`; without one, they and whole files stay closed
   */
  constructor(
    readonly rules: LanguageRules,
    readonly files: TravellingFiles,
    readonly vault?: Vault,
  ) {}

  /** Notes what is wrong. */
  report(...faults: readonly Fault[]): void {
    this.faults.push(...faults);
  }

  /** A travelling file as YAML; its own faults are reported at the first reading. */
  document(path: string): YamlDocument {
    const known = this.#documents.get(path);
    if (known) return known;
    const read = parseYaml({ name: path, content: this.files.get(path) ?? "" }, this.vault);
    this.#documents.set(path, read);
    this.report(...read.faults);
    return read;
  }

  /** Reports a travelling file that is missing. */
  reportMissing(at: Cursor, path: string): void {
    const names = [...this.files.keys()].map((it) =>
      it.replace(/^(files|templates|tasks|vars)\//, ""),
    );
    const suggestion = nearest(path, names);
    this.report(
      at.fault("AS1409", { given: path, ...(suggestion === undefined ? {} : { suggestion }) }),
    );
  }
}
