/** A YAML text with its positions, for every document that a user writes. Pure. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { fault, type Fault, type Position } from "./faults";
import type { Finding, ValuePath } from "./finding";

/** Aliases that a document may resolve to: more is a bomb, not a file that somebody wrote. */
const MAX_ALIASES = 100;

/** See the header. */
export class YamlDocument {
  /** The content as plain values; undefined when the text is broken. */
  readonly root: unknown;
  /** What is wrong with the text itself, in its order. */
  readonly faults: readonly Fault[];
  readonly #document: Document.Parsed;
  readonly #lines = new LineCounter();

  /**
   * @param file - path as the user named it
   * @param text - its content
   */
  constructor(
    readonly file: string,
    text: string,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const faults = [...this.#syntaxFaults(), ...this.#lossFaults()];
    const broken = faults.some(({ code }) => code === "AS1201");
    try {
      this.root = broken ? undefined : this.#document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (error) {
      faults.push(this.#fault("AS1201", 0, describe(error)));
    }
    this.faults = faults;
  }

  /** Where a finding is; for what is missing, where it should be. */
  locate({ at, key = false }: Pick<Finding, "at" | "key">): Position {
    for (let length = at.length; length > 0; length -= 1) {
      const found = this.#find(at.slice(0, length));
      const node = key && length === at.length ? (found?.key ?? found?.value) : found?.value;
      if (node?.range) return this.#position(node.range[0]);
      if (found?.key?.range) return this.#position(found.key.range[0]);
    }
    return this.#position(this.#document.contents?.range[0] ?? 0);
  }

  /** The fault with its position. */
  place(it: Finding): Fault {
    return { ...it.fault, position: this.locate(it) };
  }

  #find(at: ValuePath): { key?: Node; value?: Node } | undefined {
    let current: { key?: Node; value?: Node } = nodes(undefined, this.#document.contents);
    for (const step of at) {
      const container = isAlias(current.value)
        ? current.value.resolve(this.#document)
        : current.value;
      if (isSeq(container) && typeof step === "number") {
        current = nodes(undefined, container.items[step]);
      } else if (isMap(container)) {
        const pair = container.items.findLast(
          ({ key }) => String(isScalar(key) ? key.value : key) === String(step),
        );
        if (!pair) return undefined;
        current = nodes(pair.key, pair.value);
      } else {
        return undefined;
      }
    }
    return current;
  }

  #syntaxFaults(): Fault[] {
    const problems = [...this.#document.errors, ...this.#document.warnings];
    return problems.map(({ code, message, pos }) =>
      code === "DUPLICATE_KEY"
        ? this.#fault("AS1202", pos[0])
        : this.#fault("AS1201", pos[0], OWN_WORDS[code] ?? message),
    );
  }

  /** What plain values could not keep: big numbers, keys that are no text, and one that JavaScript takes for its own. */
  #lossFaults(): Fault[] {
    const faults: Fault[] = [];
    visit(this.#document, {
      Pair: (_, { key }) => {
        const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
        if (!isScalar(key)) faults.push(this.#fault("AS1201", offset, "a key must be plain text"));
        else if (key.value === "__proto__") {
          faults.push(this.#fault("AS1206", offset, undefined, "__proto__"));
        }
      },
      Scalar: (_, { value, range, source }) => {
        if (!Number.isInteger(value) || Number.isSafeInteger(value)) return;
        faults.push(this.#fault("AS1226", range?.[0] ?? 0, undefined, source));
      },
    });
    return faults;
  }

  #fault(
    code: "AS1201" | "AS1202" | "AS1206" | "AS1226",
    offset: number,
    problem?: string,
    given?: string,
  ): Fault {
    const position = this.#position(offset);
    return fault(code, "", {
      position,
      ...(problem === undefined ? {} : { problem: `not valid YAML: ${clause(problem)}` }),
      ...(given === undefined ? {} : { given }),
    });
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }
}

function nodes(key: unknown, value: unknown): { key?: Node; value?: Node } {
  return {
    ...(isNode(key) ? { key } : {}),
    ...(isNode(value) ? { value } : {}),
  };
}

/** The library's sentence as a clause of ours. */
function clause(sentence: string): string {
  const [first = ""] = sentence.split("\n");
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}`.replace(/[.:]$/, "");
}

/** Messages of the library that speak of its own interface. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "the file holds more than one document",
};

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
