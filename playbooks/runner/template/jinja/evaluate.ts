/** The value of an expression. */
import { TemplateFailure } from "../failure";
import { callFilter, callTest } from "../filters/calls";
import { dictKey, isDict, TemplateFunction, Tuple, Undefined, type Named } from "../values";
import { isInteger } from "../numbers";
import { pythonBool, pythonPrint, pythonStr, pythonType } from "../python";
import type { Args, Expr } from "./ast";
import type { Frame } from "./frame";
import { globalFunction } from "./globals";
import { HostVariables } from "./host-variables";
import { memberOf, sliceOf } from "./members";
import { callMethod, hasMethod } from "./methods";
import { binary, compare, signed } from "./operators";

type Kind<T extends Expr["type"]> = Extract<Expr, { readonly type: T }>;

/** @returns a value of templates, perhaps an {@link Undefined}. @throws TemplateFailure */
export function evaluate(expr: Expr, frame: Frame): unknown {
  frame.run.spend();
  switch (expr.type) {
    case "const":
      return expr.value;
    case "name":
    case "member":
      return evaluateChain(expr, frame);
    case "list":
      return expr.items.map((it) => evaluate(it, frame));
    case "tuple":
      return Tuple.of1(expr.items.map((it) => evaluate(it, frame)));
    case "dict":
      return Object.fromEntries(
        expr.entries.map(([key, it]) => [dictKey(evaluate(key, frame)), evaluate(it, frame)]),
      );
    case "slice":
      return sliceOf(
        evaluate(expr.of, frame),
        expr.bounds.map((it) => (it ? evaluate(it, frame) : undefined)),
      );
    case "call":
      return evaluateCall(expr, frame);
    case "filter":
      return callFilter(frame, expr.name, evaluate(expr.of, frame), argumentsOf(expr.args, frame));
    case "test":
      return callTest(frame, expr.name, evaluate(expr.of, frame), argumentsOf(expr.args, frame));
    default:
      return evaluateOperator(expr, frame);
  }
}

function evaluateOperator(
  expr: Kind<
    "not" | "negative" | "positive" | "and" | "or" | "binary" | "compare" | "concat" | "if"
  >,
  frame: Frame,
): unknown {
  switch (expr.type) {
    case "not":
      return !pythonBool(evaluate(expr.of, frame));
    case "negative":
    case "positive":
      return signed(expr.type, evaluate(expr.of, frame));
    case "and": {
      const left = evaluate(expr.left, frame);
      return pythonBool(left) ? evaluate(expr.right, frame) : left;
    }
    case "or": {
      const left = evaluate(expr.left, frame);
      return pythonBool(left) ? left : evaluate(expr.right, frame);
    }
    case "binary":
      return binary(expr.operator, evaluate(expr.left, frame), evaluate(expr.right, frame));
    case "compare":
      return evaluateComparison(expr, frame);
    case "concat":
      return expr.items.map((it) => pythonStr(evaluate(it, frame))).join("");
    case "if":
      if (pythonBool(evaluate(expr.test, frame))) return evaluate(expr.yes, frame);
      return expr.no
        ? evaluate(expr.no, frame)
        : new Undefined("the condition does not hold, and there is no `else`", true);
  }
}

function evaluateComparison({ first, rest }: Kind<"compare">, frame: Frame): boolean {
  let left = evaluate(first, frame);
  for (const [operator, expr] of rest) {
    const right = evaluate(expr, frame);
    if (!compare(operator, left, right)) return false;
    left = right;
  }
  return true;
}

/** A variable with what is known of its path, so that only this part of it is rendered. */
function evaluateChain(expr: Kind<"name" | "member">, frame: Frame): unknown {
  const keys: Kind<"member">[] = [];
  let root: Expr = expr;
  while (root.type === "member") {
    keys.unshift(root);
    root = root.of;
  }
  if (root.type !== "name" || frame.has(root.name)) {
    const start = root.type === "name" ? frame.get(root.name) : evaluate(root, frame);
    return keys.reduce((value, it) => memberOf(value, evaluate(it.key, frame)), start);
  }
  const values = keys.map((it) => evaluate(it.key, frame));
  for (const it of values) if (it instanceof Undefined) throw it.failure();
  const known = values.findIndex((it) => typeof it !== "string" && !isInteger(it));
  const path = values.slice(0, known < 0 ? undefined : known).map((it) => pathKey(it));
  const start = findVariable(frame, root.name, path);
  return values.slice(path.length).reduce((value, key) => memberOf(value, key), start);
}

function pathKey(key: unknown): string | number {
  return typeof key === "string" ? key : Number(key);
}

function findVariable(frame: Frame, root: string, path: readonly (string | number)[]): unknown {
  const [first, ...rest] = path;
  if (root === "hostvars" && first === undefined) return new HostVariables(frame.scope);
  if (root === "vars" && first !== undefined) return findVariable(frame, String(first), rest);
  const found = frame.scope.find(root, path);
  if (found.found) return found.value;
  const builtIn = path.length === 0 ? globalFunction(root, frame) : undefined;
  return builtIn ?? new Undefined(found.reason);
}

function evaluateCall({ callee, args }: Kind<"call">, frame: Frame): unknown {
  if (callee.type === "member" && callee.key.type === "const") {
    const { value: name } = callee.key;
    const receiver = evaluate(callee.of, frame);
    if (receiver instanceof Undefined) throw receiver.failure();
    if (typeof name === "string" && hasMethod(receiver, name)) {
      return callMethod(receiver, name, argumentsOf(args, frame));
    }
    return callValue(memberOf(receiver, name), args, frame);
  }
  return callValue(evaluate(callee, frame), args, frame);
}

function callValue(callee: unknown, args: Args, frame: Frame): unknown {
  if (callee instanceof Undefined) throw callee.failure();
  const target = callee instanceof TemplateFunction ? callee : undefined;
  if (!target) {
    const problem = `a value of the type '${pythonType(callee)}' cannot be called`;
    throw new TemplateFailure("other", problem);
  }
  const { positional, named } = argumentsOf(args, frame);
  return frame.run.deeper(() => target.call(positional, named));
}

/** Arguments, evaluated. */
export interface Given {
  readonly positional: readonly unknown[];
  readonly named: Named;
}

/** Evaluates arguments. */
export function argumentsOf(args: Args, frame: Frame): Given {
  const { spread, spreadNamed } = args;
  const more = spread ? evaluate(spread, frame) : [];
  const moreNamed = spreadNamed ? evaluate(spreadNamed, frame) : {};
  if (!Array.isArray(more)) throw new TemplateFailure("other", "a list is needed behind *");
  if (!isDict(moreNamed)) throw new TemplateFailure("other", "a mapping is needed behind **");
  const positional = args.positional.map((it) => evaluate(it, frame));
  return {
    positional: more.length > 0 ? [...positional, ...(more as unknown[])] : positional,
    named: {
      ...Object.fromEntries(args.named.map(([name, it]) => [name, evaluate(it, frame)])),
      ...moreNamed,
    },
  };
}

/** A value as `{{ … }}` prints it. @throws TemplateFailure when it is undefined */
export function printed(value: unknown): string {
  return pythonPrint(value instanceof HostVariables ? value.all() : value);
}
