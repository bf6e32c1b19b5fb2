/**
 * The interface between the framework and a resource or data source. The framework owns the
 * wire, planning, deadlines, unknown values and diagnostics; a resource owns its schema
 * and talks to the outer world through its client only.
 */
import type { Fault } from "../../core/faults";
import type { Unknown } from "./unknown";

/** Type constraint of an attribute, as Terraform's JSON writes it. */
export type AttributeType =
  "string" | "number" | "bool" | "dynamic" | readonly ["list" | "set" | "map", AttributeType];

/** One attribute. Exactly one of `type` and `nested` is given. */
export interface Attribute {
  readonly type?: AttributeType;
  /** Nested objects. */
  readonly nested?: { readonly nesting: "single" | "list" | "map"; readonly attributes: Schema };
  /** Required, optional, computed, or optional and computed. */
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  /** Only in config, never in plan or state; null everywhere else. */
  readonly writeOnly?: boolean;
  /** A change of this attribute replaces the object. */
  readonly replaces?: boolean;
  /** Computed, and any update changes it: unknown in the plan of an update. */
  readonly changesOnUpdate?: boolean;
  /** Used when config says nothing; needs optional and computed. */
  readonly default?: unknown;
  /** Equal values that are spelled differently (metro `DA` and `da`): then the prior one is kept. */
  readonly same?: (left: unknown, right: unknown) => boolean;
  readonly deprecated?: boolean;
  /** For the reference and `terraform providers schema`. */
  readonly doc: string;
}

/** Attributes by name, in the order of the reference. */
export type Schema = Readonly<Record<string, Attribute>>;

/** A value that may still be unknown, at any depth. */
export type MaybeUnknown<T> =
  | Unknown
  | (T extends readonly (infer E)[]
      ? readonly MaybeUnknown<E>[]
      : T extends Readonly<Record<string, unknown>>
        ? { readonly [K in keyof T]: MaybeUnknown<T[K]> }
        : T);

/** A model whose attributes may be unknown: config and plan. The object itself is known. */
export type Partially<M> = { readonly [K in keyof M]: MaybeUnknown<M[K]> };

/** What every call gets. */
export interface Context<C> {
  /** Made by the provider's configure; absent values of the provider config are an error there. */
  readonly client: C;
  /** Aborts on Ctrl-C (StopProvider) and when the operation's time limit passes. */
  readonly signal: AbortSignal;
  /** Shown to the user as a warning beside the result. */
  readonly warn: (it: Fault) => void;
  /** What create or update stored last; undefined when nothing. */
  readonly stored: unknown;
}

/** What a plan gets: it remembers nothing. */
export type PlanContext<C> = Omit<Context<C>, "stored">;

/** What create and update get besides. */
export interface WriteContext<C, M> extends Context<C> {
  /**
   * Says what exists now. From the first call on, whatever happens, this (with unknowns as null)
   * is what Terraform stores: after a failed create the object is tainted, never orphaned.
   */
  readonly keep: (model: M) => void;
  /** Remembers a JSON value beside the state, where no user sees it. No secret may be in it. */
  readonly store: (value: unknown) => void;
}

/** What delete gets besides. */
export interface DeleteContext<C, M> extends Context<C> {
  /** Says what is left, for Terraform to store where the delete fails. @default - what was there before */
  readonly keep: (model: M) => void;
}

/** What a plan may be changed by. */
export interface PlanInput<M> {
  /** Null on create. */
  readonly prior: M | null;
  readonly config: Partially<M>;
  /** Planned by the schema's rules: config, prior computed values, unknowns, defaults. */
  readonly planned: Partially<M>;
  /** Names of attributes that differ from prior by now; all on create. */
  readonly changed: ReadonlySet<string>;
}

/** The changed plan. */
export interface PlanOutput<M> {
  readonly planned: Partially<M>;
  /** Attributes that replace the object, besides those that the schema names. */
  readonly replaces?: readonly (keyof M & string)[];
  readonly warnings?: readonly Fault[];
}

/** Default time limits in milliseconds; the user changes them in `timeouts`. */
export interface TimeLimits {
  readonly create: number;
  readonly read: number;
  readonly update: number;
  readonly delete: number;
}

/** A resource type. Errors: UserFault, OuterFault and Bug become diagnostics; nothing else is expected. */
export interface Resource<C, M> {
  readonly type: string;
  readonly doc: string;
  readonly schema: Schema;
  /** Raise when a stored attribute's type changes; `upgrade` then mends older state. */
  readonly version?: number;
  readonly timeLimits: TimeLimits;
  /** All faults at once; values may be unknown. Paths are `attribute.inner` or `attribute["key"].inner`. */
  validate?(config: Partially<M>): readonly Fault[];
  /** Pure, or reading only. */
  modifyPlan?(
    input: PlanInput<M>,
    context: PlanContext<C> | undefined,
  ): PlanOutput<M> | Promise<PlanOutput<M>>;
  /** @param config - for write-only values; `plan` has them as null */
  create(context: WriteContext<C, M>, plan: Partially<M>, config: M): Promise<M>;
  /** @returns undefined when the object is gone */
  read(context: Context<C>, state: M): Promise<M | undefined>;
  update(context: WriteContext<C, M>, plan: Partially<M>, state: M, config: M): Promise<M>;
  /** Returns only when the object is gone for sure. */
  delete(context: DeleteContext<C, M>, state: M): Promise<void>;
  /** @returns undefined when nothing has this id */
  importState?(context: Context<C>, id: string): Promise<M | undefined>;
  upgrade?(
    version: number,
    raw: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>>;
}

/** A data source. */
export interface DataSource<C, M> {
  readonly type: string;
  readonly doc: string;
  readonly schema: Schema;
  readonly timeLimit: number;
  validate?(config: Partially<M>): readonly Fault[];
  read(context: Context<C>, config: M): Promise<M>;
}

/** A resource whose model is forgotten: what the framework, and a list of resources, works with. */
export interface AnyResource<C> extends Omit<Resource<C, object>, "modifyPlan"> {
  modifyPlan?(
    input: PlanInput<object>,
    context: PlanContext<C> | undefined,
  ): AnyPlanOutput | Promise<AnyPlanOutput>;
}

/** A changed plan whose model is forgotten. */
export interface AnyPlanOutput extends Omit<PlanOutput<object>, "replaces"> {
  readonly replaces?: readonly string[];
}

/** A data source whose model is forgotten. */
export type AnyDataSource<C> = DataSource<C, object>;

/** The whole provider. */
export interface Provider<C> {
  readonly schema: Schema;
  validate?(config: Readonly<Record<string, unknown>>): readonly Fault[];
  /**
   * Makes the client. Values may be unknown in a plan: then resources get no client
   * until apply, and a call that needs one fails with a clear diagnostic.
   */
  configure(
    config: Readonly<Record<string, unknown>>,
    options: { readonly terraformVersion: string; readonly signal: AbortSignal },
  ): Promise<C>;
  readonly resources: readonly AnyResource<C>[];
  readonly dataSources: readonly AnyDataSource<C>[];
}
