/**
 * Turns Ansible's Jinja2 into what the engine understands, once a template: every variable becomes a
 * slot that is resolved outside (lazily, only what is named), printing becomes Python's, and the few
 * Python methods that the engine lacks become filters. Pure.
 */
import {
  boundNames,
  closingOf,
  findChains,
  readPath,
  textAt,
  type Chain,
} from "../../model/template/references";
import {
  splitTemplate,
  tokenize,
  TemplateSyntaxError,
  type Segment,
  type Token,
} from "../../model/template/tokens";
import { TemplateFailure } from "./failure";

/** A variable that a template needs. */
export interface Slot {
  readonly root: string;
  readonly path: readonly (string | number)[];
}

/** A compiled template or expression. */
export interface Compiled {
  /** Text and slot numbers when the engine is not needed at all. */
  readonly simple?: readonly (string | number)[];
  readonly slots: readonly Slot[];
  /** Names bound by the template, which may also be variables outside. */
  readonly bound: readonly string[];
  /** Text for the engine, when these slots have no value. */
  readonly source: (missing: ReadonlySet<number>) => string;
}

/** Filters that stand for methods, and functions that stand for magic variables. */
export const STAND_INS = {
  print: "__print",
  /** `default` with its second argument. */
  default: "__default",
  missing: "__missing",
  hostvars: "__hostvars",
  hostvarsMark: "__all_hostvars",
  methods: new Map([
    // The engine's own forget the order of keys.
    ["items", "__items"],
    ["keys", "__keys"],
    ["values", "__values"],
    ["get", "__get"],
    ["format", "__format"],
    ["rsplit", "__rsplit"],
    ["zfill", "__zfill"],
    ["ljust", "__ljust"],
    ["rjust", "__rjust"],
    ["partition", "__partition"],
  ]),
} as const;

/** Name of a slot in the engine's context. */
export function slotName(slot: number): string {
  return `__v${slot}`;
}

/** @throws TemplateFailure when the template cannot be split */
export function compileTemplate(template: string): Compiled {
  const segments = splitOrFail(() => splitTemplate(template));
  const bound = boundNames(segments);
  const table = new SlotTable(bound);
  const pieces = segments.map((it) => compileSegment(it, template, table));
  const simple = pieces.every((it) => it.simple !== undefined)
    ? pieces.map((it) => it.simple ?? "")
    : undefined;
  return {
    ...(simple ? { simple } : {}),
    slots: table.slots,
    bound: [...bound],
    source: (missing) => pieces.map((it) => it.source(missing)).join(""),
  };
}

/** The same for an expression without braces. @throws TemplateFailure */
export function compileExpression(expression: string): Compiled {
  const tokens = splitOrFail(() => tokenize(expression));
  const table = new SlotTable(boundNames([]));
  const piece = compileTokens(tokens, "expression", expression, table);
  return {
    ...(piece.simple === undefined ? {} : { simple: [piece.simple] }),
    slots: table.slots,
    bound: [],
    source: (missing) => piece.source(missing),
  };
}

/** The expression, when a template is nothing but `{{ … }}`. */
export function wholeExpression(template: string): string | undefined {
  if (!template.startsWith("{{") || !template.endsWith("}}")) return undefined;
  const segments = splitOrFail(() => splitTemplate(template));
  const [only] = segments;
  if (segments.length !== 1 || only?.kind !== "expression") return undefined;
  return only.source.slice(only.open.length, -only.close.length);
}

interface Piece {
  /** Text as it is, or the one slot that is printed. */
  readonly simple?: string | number;
  readonly source: (missing: ReadonlySet<number>) => string;
}

class SlotTable {
  readonly slots: Slot[] = [];
  readonly #byKey = new Map<string, number>();

  constructor(readonly bound: ReadonlySet<string>) {}

  slotOf({ root, path }: Chain): number {
    const key = JSON.stringify([root, path]);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    this.#byKey.set(key, this.slots.length);
    return this.slots.push({ root, path }) - 1;
  }
}

function splitOrFail<T>(split: () => T): T {
  try {
    return split();
  } catch (error) {
    if (error instanceof TemplateSyntaxError) throw new TemplateFailure("syntax", error.message);
    throw error;
  }
}

function compileSegment(segment: Segment, template: string, table: SlotTable): Piece {
  const { kind, source, open, close, tokens } = segment;
  if (kind === "text") return { simple: source, source: () => source };
  if (kind === "comment" || kind === "raw") return { source: () => source };
  const inner = compileTokens(tokens, kind, template, table);
  if (kind === "statement") return { source: (missing) => open + inner.source(missing) + close };
  const plain = open === "{{" && close === "}}" && typeof inner.simple === "number";
  return {
    ...(plain ? { simple: inner.simple } : {}),
    source: (missing) => printing(segment, inner.source(missing)),
  };
}

/** Prints as Python does. Strings and numbers stay with the engine, which tells 1 from 1.0. */
function printing({ open, close, source }: Segment, expression: string): string {
  const opening = open === "{{-" ? "{%-" : "{%";
  const closing = close === "-}}" ? "-%}" : "+%}";
  const value = "__value";
  const lines = "\n".repeat(source.split("\n").length - expression.split("\n").length);
  return (
    `${opening} with ${value} = (${expression}${lines}) %}` +
    `{% if ${value} is string or ${value} is number or ${value} is undefined %}{{ ${value} }}` +
    `{% else %}{{ ${value}|${STAND_INS.print} }}{% endif %}{% endwith ${closing}`
  );
}

function compileTokens(
  tokens: readonly Token[],
  kind: Segment["kind"],
  template: string,
  table: SlotTable,
): Piece {
  const edits = new Edits(tokens, template);
  const uses: { readonly chain: Chain; readonly slot: number }[] = [];
  for (const chain of findChains(tokens, kind)) {
    if (table.bound.has(chain.root)) continue;
    if (editHostvars(tokens, chain, edits)) continue;
    uses.push({ chain, slot: table.slotOf(chain) });
  }
  tokens.forEach((_, index) => {
    editMethod(tokens, index, edits);
    editDefault(tokens, index, edits);
  });
  const alone = uses.find(({ chain }) => chain.from === 0 && chain.to === tokens.length);
  return {
    ...(alone ? { simple: alone.slot } : {}),
    source: (missing) =>
      edits.apply(
        uses.map(({ chain, slot }) => ({
          ...chain,
          text:
            missing.has(slot) && !chain.guarded ? `${STAND_INS.missing}(${slot})` : slotName(slot),
        })),
      ),
  };
}

/** `hostvars[name].a` with a name that is computed becomes a call, so that one host is read, not all. */
function editHostvars(
  tokens: readonly Token[],
  { root, path, from }: Chain,
  edits: Edits,
): boolean {
  if (root !== "hostvars" || path.length > 0) return false;
  if (textAt(tokens, from + 1) !== "[") {
    // `map('extract', hostvars, …)` looks hosts up one by one as well.
    const extracts = tokens[from - 2]?.text.slice(1, -1) === "extract";
    if (extracts) edits.replace(from, `"${STAND_INS.hostvarsMark}"`);
    return extracts;
  }
  const close = closingOf(tokens, from + 1);
  const tail = readPath(tokens, close + 1);
  edits.replace(from, STAND_INS.hostvars);
  edits.replace(from + 1, "(");
  const keys = tail.path.map((it) => `, ${JSON.stringify(it)}`).join("");
  // A list of one or none: the engine can tell a missing element from None, but not a missing result.
  edits.replace(close, `${keys})[0]`);
  for (let index = close + 1; index < tail.to; index += 1) edits.replace(index, "");
  return true;
}

/** `x.get(a, b)` becomes `(x|__get(a, b))`. */
function editMethod(tokens: readonly Token[], index: number, edits: Edits): void {
  const filter = STAND_INS.methods.get(textAt(tokens, index));
  if (filter === undefined || textAt(tokens, index - 1) !== ".") return;
  if (textAt(tokens, index + 1) !== "(") return;
  edits.before(receiverOf(tokens, index - 1), "(");
  edits.replace(index - 1, "|");
  edits.replace(index, filter);
  edits.after(closingOf(tokens, index + 1), ")");
}

/** `default` of the engine takes one argument; with two, ours is called. */
function editDefault(tokens: readonly Token[], index: number, edits: Edits): void {
  const name = textAt(tokens, index);
  if ((name !== "default" && name !== "d") || textAt(tokens, index - 1) !== "|") return;
  if (textAt(tokens, index + 1) !== "(") return;
  const close = closingOf(tokens, index + 1);
  let at = index + 2;
  while (at < close && textAt(tokens, at) !== ",") at = Math.max(at, skipBrackets(tokens, at)) + 1;
  if (at < close) edits.replace(index, STAND_INS.default);
}

function skipBrackets(tokens: readonly Token[], at: number): number {
  return ["(", "[", "{"].includes(textAt(tokens, at)) ? closingOf(tokens, at) : at;
}

/** Where the operand that ends before `dot` begins. */
function receiverOf(tokens: readonly Token[], dot: number): number {
  let index = dot - 1;
  for (;;) {
    if ([")", "]", "}"].includes(textAt(tokens, index))) index = openingOf(tokens, index);
    const called = ["(", "["].includes(textAt(tokens, index));
    const before = tokens[index - 1];
    if (textAt(tokens, index - 1) === ".") index -= 2;
    else if (called && before && isOperandEnd(before)) index -= 1;
    else return Math.max(0, index);
  }
}

function isOperandEnd({ kind, text }: Token): boolean {
  return kind === "string" || text === ")" || text === "]" || (kind === "name" && text !== "in");
}

function openingOf(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let index = close; index >= 0; index -= 1) {
    const text = textAt(tokens, index);
    if (text === ")" || text === "]" || text === "}") depth += 1;
    if (text === "(" || text === "[" || text === "{") depth -= 1;
    if (depth === 0) return index;
  }
  return 0;
}

/** Replacements of tokens; whatever stands between tokens is kept, so that lines stay the same. */
class Edits {
  readonly #texts: string[];
  readonly #before: string[];
  readonly #after: string[];

  constructor(
    readonly tokens: readonly Token[],
    readonly template: string,
  ) {
    this.#texts = tokens.map((it) => it.text);
    this.#before = tokens.map(() => "");
    this.#after = tokens.map(() => "");
  }

  replace(index: number, text: string): void {
    this.#texts[index] = text;
  }

  before(index: number, text: string): void {
    this.#before[index] = text + (this.#before[index] ?? "");
  }

  after(index: number, text: string): void {
    this.#after[index] = (this.#after[index] ?? "") + text;
  }

  apply(ranges: readonly { from: number; to: number; text: string }[]): string {
    const texts = [...this.#texts];
    for (const { from, to, text } of ranges) texts.fill("", from, to).splice(from, 1, text);
    const { tokens, template } = this;
    return tokens
      .map((token, index) => {
        const next = tokens[index + 1];
        const end = token.at + token.text.length;
        const gap = next ? template.slice(end, next.at) : "";
        return (
          (this.#before[index] ?? "") + (texts[index] ?? "") + (this.#after[index] ?? "") + gap
        );
      })
      .join("");
  }
}
