/** YAML as PyYAML writes it: sorted keys, lists under a key not indented, plain text where it stays text. Pure. */
import { keyValue } from "../../../model/mapping-keys";
import { TemplateFailure } from "../failure";
import { isDict, Undefined } from "../values";
import { byKey } from "./json";
import { yamlScalar } from "./yaml-scalar";

/** How to write. */
export interface YamlStyle {
  /** Spaces a level. */
  readonly indent: number;
  /** Collections that hold no collection go on one line. */
  readonly leavesInFlow: boolean;
  /** Everything goes on one line. @default false */
  readonly allInFlow?: boolean;
  /** Keys in their order, or sorted. @default true */
  readonly sorted?: boolean;
  /** Columns behind which text goes on in the next line. @default 80 */
  readonly width?: number;
}

/** Writes a document, with a newline at its end. @throws TemplateFailure when it is too deep */
export function dumpYaml(value: unknown, style: YamlStyle): string {
  const emitter = new Emitter(style);
  if (!isCollection(value)) emitter.scalar(value, style.indent, false);
  else if (emitter.isInline(value)) emitter.flow(value, style.indent);
  else emitter.block(value, 0);
  return `${emitter.text}\n`;
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

const MAX_DEPTH = 100;

function isCollection(value: unknown): value is Collection {
  if (value instanceof Undefined) throw value.failure();
  return Array.isArray(value) || isDict(value);
}

class Emitter {
  text = "";
  #column = 0;
  #depth = 0;

  constructor(readonly style: YamlStyle) {}

  get width(): number {
    return this.style.width ?? 80;
  }

  /** @param indent - column of its continuation lines */
  scalar(value: unknown, indent: number, flow: boolean): void {
    const place = { column: indent, flow, at: this.#column, width: this.width };
    this.#write(yamlScalar(value, place));
  }

  block(value: Collection, column: number): void {
    this.#deeper(() => {
      const inner = column + this.style.indent;
      const entries: [string | undefined, unknown][] = Array.isArray(value)
        ? value.map((it: unknown) => [undefined, it])
        : this.#members(value);
      entries.forEach(([key, it], index) => {
        if (index > 0) this.#newLine(column);
        if (key === undefined) this.#element(it, inner);
        else this.#member(key, it, column);
      });
    });
  }

  flow(value: Collection, indent: number): void {
    this.#deeper(() => {
      const isList = Array.isArray(value);
      const inner = indent + this.style.indent;
      const entries: [string | undefined, unknown][] = isList
        ? value.map((it: unknown) => [undefined, it])
        : this.#members(value);
      this.#write(isList ? "[" : "{");
      entries.forEach(([key, it], index) => {
        if (index > 0) this.#write(",");
        if (this.#column > this.width) this.#newLine(indent);
        else if (index > 0) this.#write(" ");
        if (key !== undefined) {
          this.scalar(keyValue(key), inner, true);
          this.#write(": ");
        }
        if (isCollection(it)) this.flow(it, inner);
        else this.scalar(it, inner, true);
      });
      this.#write(isList ? "]" : "}");
    });
  }

  isInline(value: Collection): boolean {
    const { leavesInFlow, allInFlow } = this.style;
    const all: unknown[] = Object.values(value);
    return all.length === 0 || allInFlow === true || (leavesInFlow && !all.some(isCollection));
  }

  /** What is nested keeps its columns; what is on one line follows the dash closely. */
  #element(value: unknown, column: number): void {
    const isBlock = isCollection(value) && !this.isInline(value);
    this.#write(isBlock ? "-".padEnd(this.style.indent) : "- ");
    this.#nested(value, column);
  }

  #member(key: string, value: unknown, column: number): void {
    const below = column + this.style.indent;
    this.scalar(keyValue(key), below, false);
    this.#write(":");
    if (!isCollection(value) || this.isInline(value)) {
      this.#write(" ");
      this.#nested(value, below);
      return;
    }
    const inner = Array.isArray(value) ? column : below;
    this.#newLine(inner);
    this.block(value, inner);
  }

  #nested(value: unknown, column: number): void {
    if (!isCollection(value)) this.scalar(value, column, false);
    else if (this.isInline(value)) this.flow(value, column);
    else this.block(value, column);
  }

  #members(value: Collection): [string, unknown][] {
    const all = Object.entries(value);
    return this.style.sorted === false ? all : all.sort(byKey);
  }

  #newLine(column: number): void {
    this.#write(`\n${" ".repeat(column)}`);
  }

  #write(text: string): void {
    this.text += text;
    const at = text.lastIndexOf("\n");
    this.#column = at < 0 ? this.#column + text.length : text.length - at - 1;
  }

  #deeper(work: () => void): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw new TemplateFailure("other", "the value is too deep for a template");
    }
    work();
    this.#depth -= 1;
  }
}
