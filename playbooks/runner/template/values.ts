/** Values that only live inside a template; whoever asks a template for its value gets plain data. */
import { isKey, keyName, keyValue } from "../../model/mapping-keys";
import { TemplateFailure } from "./failure";
import { WholeFloat } from "./numbers";

/** A value that there is not. Its members are undefined for the same reason; any other use fails. */
export class Undefined {
  /**
   * @param reason - one clause, lower case, no full stop
   * @param lenient - it prints as nothing: an `if` without `else`
   */
  constructor(
    readonly reason: string,
    readonly lenient = false,
  ) {}

  /** The failure of whoever uses it. */
  failure(): TemplateFailure {
    return new TemplateFailure("undefined", this.reason);
  }
}

/** Python's tuple: a list that prints with round brackets. */
export class Tuple extends Array<unknown> {
  /** Copies are plain lists. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** A tuple of these. */
  static of1(items: readonly unknown[]): Tuple {
    const tuple = new Tuple();
    for (const it of items) tuple.push(it);
    return tuple;
  }
}

let identities = 0;

/** Something that is no data: a function, a namespace, a loop. */
export abstract class TemplateObject {
  abstract readonly typeName: string;
  /** Tells it from any other. */
  readonly identity = (identities += 1);

  /** A member; undefined when there is none. */
  member(_name: string): unknown {
    return undefined;
  }

  /** As it is printed. */
  text(): string {
    return `<${this.typeName}>`;
  }

  /** As it is printed inside of lists and mappings. */
  repr(): string {
    return this.text();
  }

  /** The same text for equal values only. */
  equality(): string {
    return `<${this.identity}>`;
  }

  /** Whether a condition takes it for true. */
  isTrue(): boolean {
    return true;
  }

  /**
   * `this operator other`, or `other operator this` where it stands on the right.
   * @returns undefined where the operator does not take the two
   */
  operate(_operator: string, _other: unknown, _side: "left" | "right"): unknown {
    return undefined;
  }

  /** Below 0 where it comes before the other, 0 where they are equal; undefined where the two have no order. */
  orderTo(_other: unknown): number | undefined {
    return undefined;
  }

  /** What JSON holds of it; undefined where it has no form there. */
  json(): string | undefined {
    return undefined;
  }
}

/** Arguments by name. */
export type Named = Readonly<Record<string, unknown>>;

/** Something that can be called. */
export class TemplateFunction extends TemplateObject {
  readonly typeName = "function";

  /**
   * @param name - for messages
   * @param call - what it does
   */
  constructor(
    readonly name: string,
    readonly call: (args: readonly unknown[], named: Named) => unknown,
  ) {
    super();
  }
}

const MAX_DEPTH = 100;
const MAX_VALUES = 500_000;

/** Plain data. @throws TemplateFailure for undefined values, functions, and what is too deep or too large */
export function toData(value: unknown): unknown {
  let left = MAX_VALUES;
  const convert = (it: unknown, depth: number): unknown => {
    left -= 1;
    if (depth > MAX_DEPTH || left < 0) {
      throw new TemplateFailure("other", "the value is too deep or too large for a template");
    }
    if (it === undefined || it === null) return null;
    if (it instanceof Undefined) {
      if (it.lenient) return "";
      throw it.failure();
    }
    if (it instanceof WholeFloat) return it;
    if (it instanceof TemplateObject) return it.text();
    if (typeof it !== "object") return it;
    if (Array.isArray(it)) return Array.from(it, (one) => convert(one, depth + 1));
    return Object.fromEntries(
      Object.entries(it).map(([key, one]) => [key, convert(one, depth + 1)]),
    );
  };
  return convert(value, 0);
}

/** The name of a key in a mapping. @throws TemplateFailure for what can be no key */
export function dictKey(key: unknown): string {
  if (key instanceof Undefined) throw key.failure();
  if (isKey(key)) return keyName(key);
  const what = Array.isArray(key) ? "a list" : "a mapping";
  throw new TemplateFailure("other", `${what} cannot be a key here`);
}

/** Keys and values of a mapping. */
export function pairsOf(dict: Readonly<Record<string, unknown>>): Tuple[] {
  return Object.entries(dict).map(([key, it]) => Tuple.of1([keyValue(key), it]));
}

/** Whether a value is a mapping of data. */
export function isDict(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Undefined) &&
    !(value instanceof WholeFloat) &&
    !(value instanceof TemplateObject)
  );
}
