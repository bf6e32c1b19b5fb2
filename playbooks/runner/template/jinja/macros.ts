/** Macros: bodies that can be called. */
import { TemplateFailure } from "../failure";
import { TemplateFunction, Tuple, Undefined, type Named } from "../values";
import type { Body, Signature } from "./ast";
import { evaluate } from "./evaluate";
import type { Blocks, Frame } from "./frame";

/** What a macro is made of. */
export interface MacroParts {
  readonly signature: Signature;
  readonly body: Body;
}

/** A macro that sees the names around its declaration. */
export function makeMacro(
  name: string,
  { signature, body }: MacroParts,
  frame: Frame,
  blocks: Blocks,
): TemplateFunction {
  const macro = new TemplateFunction(name, (args, named) => {
    const inner = frame.inner();
    bindArguments(name, signature, { args, named }, inner);
    return frame.run.textOf(body, inner, blocks);
  });
  macro.member = (member) =>
    member === "name" ? name : member === "arguments" ? Tuple.of1(signature.params) : undefined;
  return macro;
}

function bindArguments(
  name: string,
  { params, defaults, takesMore }: Signature,
  { args, named }: { readonly args: readonly unknown[]; readonly named: Named },
  inner: Frame,
): void {
  const { caller, ...rest } = named;
  const extra = Object.keys(rest).filter((it) => !params.includes(it));
  if (!takesMore && (args.length > params.length || extra.length > 0)) {
    throw new TemplateFailure("other", `the macro ${name} was given more than it takes`);
  }
  inner.set("caller", caller ?? new Undefined(`'caller' is undefined`));
  inner.set("varargs", Tuple.of1(args.slice(params.length)));
  inner.set("kwargs", Object.fromEntries(extra.map((it) => [it, rest[it]])));
  params.forEach((param, index) => {
    const fallback = defaults.get(param);
    let value: unknown = new Undefined(`parameter '${param}' was not provided`);
    if (index < args.length) value = args[index];
    else if (Object.hasOwn(rest, param)) value = rest[param];
    else if (fallback) value = evaluate(fallback, inner);
    inner.set(param, value);
  });
}
