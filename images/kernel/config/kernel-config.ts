/** A kernel's config as a value: what it was built with, and what its first lines say. Pure. */
import type { Architecture } from "../../../core/names";

/** How an option is built: into the kernel, as a module, or switched off. */
export type Tristate = "y" | "m" | "n";

/** See the header. Options are named without `CONFIG_`. */
export class KernelConfig {
  readonly #values: ReadonlyMap<string, string>;

  /**
   * @param values - option → value as it is written; `n` for what is not set; texts keep their quotes
   * @param version - of the kernel, as the first lines say it
   */
  constructor(
    values: ReadonlyMap<string, string>,
    readonly version?: string,
  ) {
    this.#values = values;
  }

  /** Number of options that the config names. */
  get size(): number {
    return this.#values.size;
  }

  /** The value as it is written; undefined when the config does not name the option. */
  value(option: string): string | undefined {
    return this.#values.get(option);
  }

  /** `n` also for options that are not named, and for those whose value is a number or a text. */
  state(option: string): Tristate {
    const value = this.#values.get(option);
    return value === "y" || value === "m" ? value : "n";
  }

  /** What the kernel runs on; undefined for one that clusters have not. */
  get architecture(): Architecture | undefined {
    if (this.state("ARM64") === "y") return "arm64";
    return this.state("X86_64") === "y" ? "amd64" : undefined;
  }
}
