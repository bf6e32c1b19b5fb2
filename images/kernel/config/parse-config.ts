/**
 * Reads a kernel's config: the `.config` of its build, as /boot/config-* and /proc/config.gz have it
 * (linux, Documentation/kbuild/kconfig.rst and scripts/kconfig/confdata.c). Every fault is told, with its line.
 */
import { fault, type Fault, UserFault } from "../../../core/faults";
import { KernelConfig } from "./kernel-config";
import { unpackConfig } from "./unpack-config";

/** Faults that are told; a wrong file has as many as it has lines. */
const MAX_FAULTS = 10;
const SHOWN_CHARACTERS = 60;

const SET = /^CONFIG_(\w+)=(.*)$/;
const UNSET = /^# CONFIG_(\w+) is not set$/;
/** A tristate, a text, or a number; a number without a default may be empty. */
const VALUE = /^(?:[ymn]|"(?:[^"\\]|\\.)*"|-?\d+|0[xX][0-9a-fA-F]+|)$/;
/** `# Linux/arm64 6.12.117 Kernel Configuration`, before the first option. */
const HEADER = /^# Linux\/\S+ (\d[\w.+~-]*) Kernel Configuration$/;

/**
 * @param content - plain or compressed with gzip
 * @param name - of the file, for faults
 * @throws UserFault AS1701 for what is no config, AS1702 and AS1703 for its lines
 */
export function parseKernelConfig(content: Uint8Array, name: string): KernelConfig {
  const text = unpackConfig(content, name);
  if (typeof text !== "string") throw new UserFault([text]);
  const reader = new LineReader(name);
  text.split("\n").forEach((line, index) => {
    reader.read(line.trimEnd(), index + 1);
  });
  return reader.config();
}

interface Setting {
  readonly value: string;
  readonly line: number;
}

class LineReader {
  readonly #faults: Fault[] = [];
  readonly #settings = new Map<string, Setting>();
  #version: string | undefined;

  constructor(readonly file: string) {}

  read(line: string, number: number): void {
    const [, set, value = ""] = SET.exec(line) ?? [];
    const unset = UNSET.exec(line)?.[1];
    if (set !== undefined && VALUE.test(value)) this.#take(set, value, number);
    else if (unset !== undefined) this.#take(unset, "n", number);
    else if (line === "" || line.startsWith("#")) this.#version ??= HEADER.exec(line)?.[1];
    else this.#refuse("AS1702", number, { given: line.slice(0, SHOWN_CHARACTERS) });
  }

  config(): KernelConfig {
    if (this.#settings.size === 0) {
      const hint = "no line of it sets an option";
      throw new UserFault([fault("AS1701", "", { given: this.file, hint })]);
    }
    if (this.#faults.length > 0) throw new UserFault(this.#told());
    const values = new Map([...this.#settings].map(([option, { value }]) => [option, value]));
    return new KernelConfig(values, this.#version);
  }

  /** The build keeps the last of two lines, checks that search the text any of them. */
  #take(option: string, value: string, line: number): void {
    const before = this.#settings.get(option);
    if (before === undefined) this.#settings.set(option, { value, line });
    else if (before.value !== value) {
      const problem = `CONFIG_${option} has two values: ${before.value} in line ${before.line}, here`;
      this.#refuse("AS1703", line, { problem, given: value });
    }
  }

  #refuse(
    code: "AS1702" | "AS1703",
    line: number,
    parts: { readonly problem?: string; readonly given: string },
  ): void {
    const position = { file: this.file, line, column: 1 };
    this.#faults.push(fault(code, "", { ...parts, position }));
  }

  #told(): Fault[] {
    const told = this.#faults.slice(0, MAX_FAULTS);
    const more = this.#faults.length - told.length;
    if (more === 0) return told;
    const problem = `${more} more lines are wrong`;
    return [...told, fault("AS1701", "", { problem, hint: `is ${this.file} a kernel config?` })];
  }
}
