/** The text of a template. */
import { TemplateFailure } from "../failure";
import { callFilter } from "../filters/calls";
import { listOf } from "../filters/collections";
import { pythonBool, pythonStr, pythonType } from "../python";
import { TemplateFunction, Undefined } from "../values";
import type { Body, FilterStep, Node, Target } from "./ast";
import { argumentsOf, evaluate, printed } from "./evaluate";
import { importTemplate, includeTemplate, renderBlock } from "./files";
import type { Ending, Frame, Output } from "./frame";
import { LoopContext, Namespace } from "./globals";
import { makeMacro } from "./macros";

type Kind<T extends Node["type"]> = Extract<Node, { readonly type: T }>;

/** Renders nodes; text is added to the output. @throws TemplateFailure */
export function renderBody(body: Body, frame: Frame, output: Output): Ending {
  for (const node of body) {
    frame.run.spend();
    const ending = renderNode(node, frame, output);
    if (ending !== "done") return ending;
  }
  return "done";
}

function write(text: string, frame: Frame, { parts }: Output): void {
  frame.run.written(text.length);
  parts.push(text);
}

function renderNode(node: Node, frame: Frame, output: Output): Ending {
  switch (node.type) {
    case "text":
      write(node.text, frame, output);
      return "done";
    case "print":
      write(printed(evaluate(node.value, frame)), frame, output);
      return "done";
    case "if":
      return renderIf(node, frame, output);
    case "for":
      return renderFor(node, frame, output);
    case "set":
      bind(node.target, evaluate(node.value, frame), frame);
      return "done";
    case "do":
      evaluate(node.value, frame);
      return "done";
    case "with":
      return renderWith(node, frame, output);
    case "break":
    case "continue":
      return node.type;
    default:
      renderRest(node, frame, output);
      return "done";
  }
}

function renderRest(
  node: Kind<"capture" | "macro" | "call" | "filter" | "block" | "extends" | "include" | "import">,
  frame: Frame,
  output: Output,
): void {
  const inner = (body: Body): string => frame.run.textOf(body, frame.inner(), output.blocks);
  switch (node.type) {
    case "capture":
      bind(node.target, filtered(inner(node.body), node.filters, frame), frame);
      return;
    case "filter":
      write(pythonStr(filtered(inner(node.body), node.filters, frame)), frame, output);
      return;
    case "macro":
      frame.set(node.name, makeMacro(node.name, node, frame, output.blocks));
      return;
    case "call":
      write(pythonStr(renderCall(node, frame, output)), frame, output);
      return;
    case "block":
      write(renderBlock(node.name, frame, output.blocks), frame, output);
      return;
    case "include":
      write(includeTemplate(node, frame), frame, output);
      return;
    case "import":
      importTemplate(node, frame);
      return;
    case "extends":
      throw new TemplateFailure("other", "`extends` stands at the outermost level only");
  }
}

function renderIf({ branches }: Kind<"if">, frame: Frame, output: Output): Ending {
  const found = branches.find(([test]) => test === undefined || pythonBool(evaluate(test, frame)));
  return found ? renderBody(found[1], frame, output) : "done";
}

function renderWith({ values, body }: Kind<"with">, frame: Frame, output: Output): Ending {
  const inner = frame.inner();
  for (const [target, value] of values) bind(target, evaluate(value, frame), inner);
  return renderBody(body, inner, output);
}

function renderFor(node: Kind<"for">, frame: Frame, output: Output, depth = 1): Ending {
  const all = itemsOf(evaluate(node.items, frame));
  return renderItems(node, all, { frame, output, depth });
}

interface Place {
  readonly frame: Frame;
  readonly output: Output;
  readonly depth: number;
}

function renderItems(node: Kind<"for">, all: readonly unknown[], place: Place): Ending {
  const { frame, output, depth } = place;
  const { only, target } = node;
  const items = all.filter((it) => {
    if (!only) return true;
    frame.run.spend();
    const inner = frame.inner();
    bind(target, it, inner);
    return pythonBool(evaluate(only, inner));
  });
  if (items.length === 0) return renderBody(node.otherwise, frame.inner(), output);
  const recurse = (more: unknown): string => {
    const parts: string[] = [];
    const inner = { frame, output: { ...output, parts }, depth: depth + 1 };
    frame.run.deeper(() => renderItems(node, itemsOf(more), inner));
    return parts.join("");
  };
  const loop = new LoopContext(items, depth, node.recursive ? recurse : undefined);
  for (const [index, item] of items.entries()) {
    frame.run.spend();
    loop.index0 = index;
    const inner = frame.inner();
    inner.set("loop", node.recursive ? callable(loop) : loop);
    bind(target, item, inner);
    if (renderBody(node.body, inner, output) === "break") break;
  }
  return "done";
}

/** In a recursive loop, `loop` can be called as well. */
function callable(loop: LoopContext): TemplateFunction {
  const made = new TemplateFunction("loop", ([items]) => loop.recurse?.(items) ?? "");
  made.member = (name) => loop.member(name);
  return made;
}

function itemsOf(value: unknown): readonly unknown[] {
  if (value instanceof Undefined) throw value.failure();
  return listOf(value);
}

/** Binds what a `for`, `set` or `with` names. @throws TemplateFailure when the shapes differ */
function bind(target: Target, value: unknown, frame: Frame): void {
  if (target.type === "name") {
    frame.set(target.name, value);
  } else if (target.type === "namespace") {
    const namespace = frame.get(target.name);
    if (!(namespace instanceof Namespace)) {
      throw new TemplateFailure("other", `\`${target.name}\` is no namespace`);
    }
    namespace.set(target.key, value);
  } else {
    const values = itemsOf(value);
    if (values.length !== target.items.length) {
      const problem = `${target.items.length} names cannot take ${values.length} values`;
      throw new TemplateFailure("other", problem);
    }
    target.items.forEach((it, index) => {
      bind(it, values[index], frame);
    });
  }
}

function filtered(text: string, filters: readonly FilterStep[], frame: Frame): unknown {
  return filters.reduce<unknown>(
    (value, { name, args }) => callFilter(frame, name, value, argumentsOf(args, frame)),
    text,
  );
}

function renderCall({ call, signature, body }: Kind<"call">, frame: Frame, output: Output) {
  if (call.type !== "call") throw new TemplateFailure("other", "`call` needs a call");
  const callee = evaluate(call.callee, frame);
  if (callee instanceof Undefined) throw callee.failure();
  if (!(callee instanceof TemplateFunction)) {
    const problem = `a value of the type '${pythonType(callee)}' cannot be called`;
    throw new TemplateFailure("other", problem);
  }
  const caller = makeMacro("caller", { signature, body }, frame, output.blocks);
  const { positional, named } = argumentsOf(call.args, frame);
  return frame.run.deeper(() => callee.call(positional, { ...named, caller }));
}
