/** Functions that every template may call. */
import { TemplateFailure } from "../failure";
import { listOf } from "../filters/collections";
import { DateTime } from "../moments/date-time";
import { onClock } from "../moments/local-time";
import { formatMoment } from "../moments/strftime";
import { isInteger } from "../numbers";
import { pythonBool, pythonEqual, pythonStr } from "../python";
import {
  dictKey,
  isDict,
  TemplateFunction,
  TemplateObject,
  Undefined,
  type Named,
} from "../values";
import { NO_CLOCK } from "../refused";
import type { Frame } from "./frame";

type Global = (frame: Frame, args: readonly unknown[], named: Named) => unknown;

const MAX_RANGE = 1_000_000;

const GLOBALS: Readonly<Record<string, Global>> = {
  range: (_frame, args) => range(args),
  dict: (_frame, [given], named) => ({ ...mappingOf(given), ...named }),
  namespace: (_frame, [given], named) => new Namespace({ ...mappingOf(given), ...named }),
  cycler: (_frame, args) => new Cycler(args),
  joiner: (_frame, [separator = ", "]) => joiner(pythonStr(separator)),
  lookup: (frame, args, named) => lookup(frame, args, named, false),
  query: (frame, args, named) => lookup(frame, args, named, true),
  q: (frame, args, named) => lookup(frame, args, named, true),
  now: ({ run }, [utc = false, fmt], named) => {
    const { clock } = run.surroundings;
    if (!clock) throw new TemplateFailure("other", `now: ${NO_CLOCK}`);
    return now(clock() / 1000, named.utc ?? utc, named.fmt ?? fmt);
  },
  undef: (_frame, [hint], named) => {
    const reason = hint ?? named.hint;
    return new Undefined(typeof reason === "string" ? reason : "the value is to be defined");
  },
};

/** Every function that a template may call. */
export const GLOBAL_NAMES: readonly string[] = Object.keys(GLOBALS);

/** A function by its name. */
export function globalFunction(name: string, frame: Frame): TemplateFunction | undefined {
  const work = Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined;
  return work && new TemplateFunction(name, (args, named) => work(frame, args, named));
}

/** What `{% set ns.x = … %}` changes. */
export class Namespace extends TemplateObject {
  readonly typeName = "Namespace";
  readonly #members: Map<string, unknown>;

  /** @param members - at the beginning */
  constructor(members: Named) {
    super();
    this.#members = new Map(Object.entries(members));
  }

  /** @inheritdoc */
  override member(name: string): unknown {
    return this.#members.get(name);
  }

  /** Binds a member. */
  set(name: string, value: unknown): void {
    this.#members.set(name, value);
  }
}

class Cycler extends TemplateObject {
  readonly typeName = "Cycler";
  #at = 0;

  constructor(readonly items: readonly unknown[]) {
    super();
    if (items.length === 0) throw new TemplateFailure("other", "cycler needs an item");
  }

  /** @inheritdoc */
  override member(name: string): unknown {
    if (name === "current") return this.items[this.#at];
    if (name === "reset") return new TemplateFunction(name, () => ((this.#at = 0), null));
    if (name !== "next") return undefined;
    return new TemplateFunction(name, () => {
      const item = this.items[this.#at];
      this.#at = (this.#at + 1) % this.items.length;
      return item;
    });
  }
}

function joiner(separator: string): TemplateFunction {
  let used = false;
  return new TemplateFunction("joiner", () => {
    const text = used ? separator : "";
    used = true;
    return text;
  });
}

/** @param seconds - since 1970 began in UTC */
function now(seconds: number, utc: unknown, format: unknown): unknown {
  const { micros } = onClock(seconds, pythonBool(utc));
  const moment = new DateTime(micros + BigInt(Math.floor((seconds % 1) * 1e6)));
  if (format === undefined || format === null || format === "") return moment;
  return formatMoment(pythonStr(format), { micros: moment.micros, isDatetime: true });
}

function lookup(
  { run, scope }: Frame,
  [name, ...terms]: readonly unknown[],
  options: Named,
  asList: boolean,
): unknown {
  for (const it of [name, ...Object.values(options)]) {
    if (it instanceof Undefined) throw it.failure();
  }
  const short = pythonStr(name).replace(/^ansible\.(?:builtin|legacy)\./, "");
  return run.surroundings.lookup({ name: short, terms, options, asList, scope });
}

function range(args: readonly unknown[]): number[] {
  const numbers = args.map((it) => {
    if (it instanceof Undefined) throw it.failure();
    if (isInteger(it) || typeof it === "boolean") return Number(it);
    throw new TemplateFailure("other", "range needs whole numbers");
  });
  const [first, second, step = 1] = numbers;
  if (first === undefined || numbers.length > 3 || step === 0) {
    throw new TemplateFailure("other", "range needs an end, a start and an end, or also a step");
  }
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (length > MAX_RANGE) throw new TemplateFailure("other", "the range is too large");
  return Array.from({ length }, (_, index) => from + index * step);
}

function mappingOf(given: unknown): Named {
  if (given === undefined) return {};
  if (given instanceof Undefined) throw given.failure();
  if (isDict(given)) return given;
  return Object.fromEntries(
    listOf(given).map((it) => {
      const [key, value] = listOf(it);
      return [dictKey(key), value];
    }),
  );
}

/** What `loop` is inside a `for`. */
export class LoopContext extends TemplateObject {
  readonly typeName = "LoopContext";
  index0 = 0;
  #changed: readonly unknown[] | undefined;

  /**
   * @param items - what is gone through
   * @param depth - from 1
   * @param recurse - goes through further items with the same body
   */
  constructor(
    readonly items: readonly unknown[],
    readonly depth: number,
    readonly recurse?: (items: unknown) => string,
  ) {
    super();
  }

  /** @inheritdoc */
  override member(name: string): unknown {
    const { length } = this.items;
    const at = this.index0;
    switch (name) {
      case "index":
        return at + 1;
      case "index0":
        return at;
      case "revindex":
        return length - at;
      case "revindex0":
        return length - at - 1;
      case "first":
        return at === 0;
      case "last":
        return at === length - 1;
      case "length":
        return length;
      case "depth":
        return this.depth;
      case "depth0":
        return this.depth - 1;
      case "previtem":
        return at > 0 ? this.items[at - 1] : new Undefined("there is no previous item");
      case "nextitem":
        return at < length - 1 ? this.items[at + 1] : new Undefined("there is no next item");
      case "cycle":
        return new TemplateFunction(name, (args) => args[at % Math.max(1, args.length)]);
      case "changed":
        return new TemplateFunction(name, (args) => this.#change(args));
      default:
        return undefined;
    }
  }

  #change(args: readonly unknown[]): boolean {
    const same = this.#changed !== undefined && pythonEqual(this.#changed, args);
    this.#changed = args;
    return !same;
  }
}
