/** Templates that use others: `extends`, `block`, `include`, `import`. */
import { TemplateFailure } from "../failure";
import { pythonStr } from "../python";
import { TemplateFunction, TemplateObject, Undefined } from "../values";
import type { Body, Expr, Node } from "./ast";
import { evaluate } from "./evaluate";
import { Frame, NO_VARIABLES, type Blocks, type LoadedTemplate, type Output } from "./frame";

/** The text of a whole template, with those that it extends. @throws TemplateFailure */
export function renderTemplate(body: Body, frame: Frame): string {
  let blocks = new Map<string, readonly Body[]>();
  let current: Body = body;
  for (;;) {
    blocks = withBlocks(blocks, current);
    const output: Output = { parts: [], blocks };
    const parent = renderUpToParent(current, frame, output);
    if (!parent) return output.parts.join("");
    current = frame.run.deeper(() => load(frame, evaluate(parent, frame))).body;
    frame.run.spend(1000);
  }
}

/** What stands before `extends` is written; behind it, only names are bound. */
function renderUpToParent(body: Body, frame: Frame, output: Output): Expr | undefined {
  const at = body.findIndex((it) => it.type === "extends");
  if (at < 0) {
    frame.run.render(body, frame, output);
    return undefined;
  }
  const binding = body.filter((it) => ["set", "capture", "macro", "import"].includes(it.type));
  frame.run.render(binding, frame, { ...output, parts: [] });
  const node = body[at];
  return node?.type === "extends" ? node.file : undefined;
}

function withBlocks(known: Blocks, body: Body): Map<string, readonly Body[]> {
  const found = new Map(known);
  for (const { name, body: inner } of blocksOf(body)) {
    found.set(name, [...(known.get(name) ?? []), inner]);
  }
  return found;
}

function blocksOf(body: Body): Extract<Node, { readonly type: "block" }>[] {
  return body.flatMap((node) => {
    if (node.type === "block") return [node, ...blocksOf(node.body)];
    if (node.type === "if") return node.branches.flatMap(([, it]) => blocksOf(it));
    if (node.type === "for") return [...blocksOf(node.body), ...blocksOf(node.otherwise)];
    return "body" in node ? blocksOf(node.body) : [];
  });
}

/** The text of a block, as the most special template has it. */
export function renderBlock(name: string, frame: Frame, blocks: Blocks): string {
  const bodies = blocks.get(name) ?? [];
  const render = (level: number): string => {
    const body = bodies[level];
    if (!body) throw new TemplateFailure("undefined", `there is no block '${name}' further up`);
    const inner = frame.inner();
    inner.set("super", new TemplateFunction("super", () => render(level + 1)));
    inner.set("self", new BlockNames(frame, blocks));
    return frame.run.deeper(() => frame.run.textOf(body, inner, blocks));
  };
  return render(0);
}

class BlockNames extends TemplateObject {
  readonly typeName = "TemplateReference";

  constructor(
    readonly frame: Frame,
    readonly blocks: Blocks,
  ) {
    super();
  }

  override member(name: string): unknown {
    if (!this.blocks.has(name)) return undefined;
    return new TemplateFunction(name, () => renderBlock(name, this.frame, this.blocks));
  }
}

/** The text of an included template. @throws TemplateFailure when there is none of this name */
export function includeTemplate(
  { file, optional, context }: Extract<Node, { readonly type: "include" }>,
  frame: Frame,
): string {
  const names = evaluate(file, frame);
  const found = find(frame, names);
  if (!found) {
    if (optional) return "";
    throw missing(names);
  }
  const inner = context ? frame.inner() : new Frame(frame.run, NO_VARIABLES);
  return frame.run.deeper(() => renderTemplate(found.body, inner));
}

/** Binds what another template sets and declares. @throws TemplateFailure */
export function importTemplate(
  { file, names, context }: Extract<Node, { readonly type: "import" }>,
  frame: Frame,
): void {
  const { body } = load(frame, evaluate(file, frame));
  const own = context ? frame.inner() : new Frame(frame.run, NO_VARIABLES);
  const text = frame.run.deeper(() => renderTemplate(body, own));
  if (typeof names === "string") {
    frame.set(names, new TemplateModule(own, text));
    return;
  }
  for (const [name, alias] of names) {
    const reason = `the imported template has no '${name}'`;
    frame.set(alias, own.own().has(name) ? own.own().get(name) : new Undefined(reason));
  }
}

class TemplateModule extends TemplateObject {
  readonly typeName = "TemplateModule";

  constructor(
    readonly frame: Frame,
    readonly body: string,
  ) {
    super();
  }

  override member(name: string): unknown {
    return name.startsWith("_") ? undefined : this.frame.own().get(name);
  }

  override text(): string {
    return this.body;
  }
}

function load(frame: Frame, name: unknown): LoadedTemplate {
  const found = find(frame, name);
  if (!found) throw missing(name);
  return found;
}

function find(frame: Frame, names: unknown): LoadedTemplate | undefined {
  if (names instanceof Undefined) throw names.failure();
  for (const it of Array.isArray(names) ? (names as unknown[]) : [names]) {
    const found = frame.run.surroundings.load(pythonStr(it));
    if (found) return found;
  }
  return undefined;
}

function missing(names: unknown): TemplateFailure {
  return new TemplateFailure("other", `no template ${pythonStr(names)} travels with the playbook`);
}
