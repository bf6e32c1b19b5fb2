/** A value inside a document, together with where it stands there. Pure. */
import { isMapping } from "../../core/mapping";
import { fault, type Code, type Fault, type FaultParts, type Position } from "../../core/faults";
import { keyText } from "./mapping-keys";
import type { DocumentPath, YamlDocument } from "./yaml-document";

/** Points at one value of a document. */
export class Cursor {
  /**
   * @param document - the document
   * @param path - where in it
   * @param value - what is there
   */
  constructor(
    readonly document: YamlDocument,
    readonly path: DocumentPath,
    readonly value: unknown,
  ) {}

  /** The document's root. */
  static root(document: YamlDocument): Cursor {
    return new Cursor(document, [], document.data);
  }

  /** The value's place. */
  get position(): Position {
    return this.document.locate(this.path);
  }

  /** The value as a mapping; undefined when it is none. */
  get mapping(): Readonly<Record<string, unknown>> | undefined {
    return isMapping(this.value) ? this.value : undefined;
  }

  /** Keys of the mapping, in their order; none when it is no mapping. */
  get keys(): readonly string[] {
    return Object.keys(this.mapping ?? {}).map(keyText);
  }

  /** Elements of the list; none when it is no list. */
  get items(): readonly Cursor[] {
    return Array.isArray(this.value) ? this.value.map((_, index) => this.at(index)) : [];
  }

  /** Whether the mapping has a key. */
  has(key: string): boolean {
    return this.#name(key) !== undefined;
  }

  /** A member; its value is undefined where there is none. */
  at(key: string | number): Cursor {
    const inside: unknown =
      typeof key === "number"
        ? (this.value as readonly unknown[])[key]
        : this.mapping?.[this.#name(key) ?? ""];
    return new Cursor(this.document, [...this.path, key], inside);
  }

  /** A fault at this value. */
  fault(code: Code, parts: FaultParts = {}): Fault {
    return fault(code, this.#text(this.path), { position: this.position, ...parts });
  }

  /** A fault at a key of this mapping. */
  keyFault(code: Code, key: string, parts: FaultParts = {}): Fault {
    const path = [...this.path, key];
    return fault(code, this.#text(path), { position: this.document.locateKey(path), ...parts });
  }

  /** The key as the mapping has it: keys that are no text are told as texts. */
  #name(key: string): string | undefined {
    const mapping = this.mapping ?? {};
    if (Object.hasOwn(mapping, key)) return key;
    return Object.keys(mapping).find((it) => keyText(it) === key);
  }

  /** `[0].tasks[2].copy` */
  #text(path: DocumentPath): string {
    return path
      .map((it) => (typeof it === "number" ? `[${it}]` : `.${it}`))
      .join("")
      .replace(/^\./, "");
  }
}
