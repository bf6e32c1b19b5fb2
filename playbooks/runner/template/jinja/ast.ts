/** What a template is parsed into. */

/** An expression. */
export type Expr =
  | { readonly type: "const"; readonly value: unknown }
  | { readonly type: "name"; readonly name: string }
  | { readonly type: "list" | "tuple"; readonly items: readonly Expr[] }
  | { readonly type: "dict"; readonly entries: readonly (readonly [Expr, Expr])[] }
  | { readonly type: "member"; readonly of: Expr; readonly key: Expr; readonly dotted: boolean }
  | { readonly type: "slice"; readonly of: Expr; readonly bounds: readonly (Expr | undefined)[] }
  | { readonly type: "call"; readonly callee: Expr; readonly args: Args }
  | { readonly type: "filter"; readonly name: string; readonly of: Expr; readonly args: Args }
  | { readonly type: "test"; readonly name: string; readonly of: Expr; readonly args: Args }
  | { readonly type: "not" | "negative" | "positive"; readonly of: Expr }
  | { readonly type: "and" | "or"; readonly left: Expr; readonly right: Expr }
  | {
      readonly type: "binary";
      readonly operator: string;
      readonly left: Expr;
      readonly right: Expr;
    }
  | {
      readonly type: "compare";
      readonly first: Expr;
      readonly rest: readonly (readonly [string, Expr])[];
    }
  | { readonly type: "concat"; readonly items: readonly Expr[] }
  | {
      readonly type: "if";
      readonly test: Expr;
      readonly yes: Expr;
      readonly no: Expr | undefined;
    };

/** Arguments of a call. */
export interface Args {
  readonly positional: readonly Expr[];
  readonly named: readonly (readonly [string, Expr])[];
  /** `*list` and `**mapping`. */
  readonly spread?: Expr;
  readonly spreadNamed?: Expr;
}

/** What a `for` or `set` binds: a name, a member of a namespace, or several names. */
export type Target =
  | { readonly type: "name"; readonly name: string }
  | { readonly type: "namespace"; readonly name: string; readonly key: string }
  | { readonly type: "several"; readonly items: readonly Target[] };

/** A macro's or call block's declaration. */
export interface Signature {
  readonly params: readonly string[];
  /** By the name of the parameter. */
  readonly defaults: ReadonlyMap<string, Expr>;
  /** Whether the body names `varargs`, `kwargs`. */
  readonly takesMore: boolean;
}

/** A filter behind `filter` or `set … |`. */
export interface FilterStep {
  readonly name: string;
  readonly args: Args;
}

/** A part of a template. */
export type Node =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "print"; readonly value: Expr }
  | { readonly type: "if"; readonly branches: readonly (readonly [Expr | undefined, Body])[] }
  | {
      readonly type: "for";
      readonly target: Target;
      readonly items: Expr;
      readonly only: Expr | undefined;
      readonly recursive: boolean;
      readonly body: Body;
      readonly otherwise: Body;
    }
  | { readonly type: "set"; readonly target: Target; readonly value: Expr }
  | {
      readonly type: "capture";
      readonly target: Target;
      readonly filters: readonly FilterStep[];
      readonly body: Body;
    }
  | {
      readonly type: "with";
      readonly values: readonly (readonly [Target, Expr])[];
      readonly body: Body;
    }
  | {
      readonly type: "macro";
      readonly name: string;
      readonly signature: Signature;
      readonly body: Body;
    }
  | {
      readonly type: "call";
      readonly signature: Signature;
      readonly call: Expr;
      readonly body: Body;
    }
  | { readonly type: "filter"; readonly filters: readonly FilterStep[]; readonly body: Body }
  | { readonly type: "do"; readonly value: Expr }
  | { readonly type: "block"; readonly name: string; readonly body: Body }
  | { readonly type: "extends"; readonly file: Expr }
  | {
      readonly type: "include";
      readonly file: Expr;
      readonly optional: boolean;
      readonly context: boolean;
    }
  | {
      readonly type: "import";
      readonly file: Expr;
      /** The one name for all of it, or pairs of a name and its alias. */
      readonly names: string | readonly (readonly [string, string])[];
      readonly context: boolean;
    }
  | { readonly type: "break" | "continue" };

/** Nodes, one after the other. */
export type Body = readonly Node[];
