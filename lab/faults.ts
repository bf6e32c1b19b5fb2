/**
 * Faults that a test asks the lab for: counted rules, matched by request or by device, kept in
 * memory only. The rules say what goes wrong; the server and the engine obey.
 */
import { z } from "zod";

/** Text with `*` for any run of characters. */
const pattern = z.string().min(1);

const common = {
  /** How often it strikes. @default 1 */
  times: z.union([z.int().min(1), z.literal("always")]).default(1),
  /** Only devices with such a name: requests that name one, or machines. */
  hostname: pattern.optional(),
};

const onRequest = {
  ...common,
  /** @default - any */
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).optional(),
  /** Path without prefix and query, such as `/projects/*\/devices`. @default - any */
  path: pattern.optional(),
};

const seconds = z.number().min(0).max(3600);
const outcome = z.enum(["visible", "403", "404"]);

/** One rule, as `POST /_lab/faults` takes it. */
export const faultRuleSchema = z.discriminatedUnion("kind", [
  /** 429 with `Retry-After`. */
  z.strictObject({ kind: z.literal("rate-limited"), retryAfter: seconds.default(1), ...onRequest }),
  /** 500 with the service's own text. */
  z.strictObject({ kind: z.literal("server-error"), ...onRequest }),
  /** 503 in HTML and without request id, as a proxy answers. */
  z.strictObject({ kind: z.literal("proxy-error"), ...onRequest }),
  /** The connection is cut before anything was done. */
  z.strictObject({ kind: z.literal("cut-before"), ...onRequest }),
  /** The request is carried out and committed, then the connection is cut. */
  z.strictObject({ kind: z.literal("cut-after"), ...onRequest }),
  /** The answer comes late. */
  z.strictObject({ kind: z.literal("slow-answer"), seconds, ...onRequest }),
  /** Provisioning fails; the outcome is what a reader of the device gets afterwards. */
  z.strictObject({
    kind: z.literal("provision-fails"),
    outcome: outcome.default("visible"),
    ...common,
  }),
  /** Provisioning takes so much longer. */
  z.strictObject({ kind: z.literal("provision-slow"), seconds, ...common }),
  /** Creation is refused for lack of machines; capacity checks say so too. */
  z.strictObject({
    kind: z.literal("capacity-gone"),
    plan: z.string().optional(),
    metro: z.string().optional(),
    times: common.times,
  }),
  /** The machine's process is killed, so long after the device reached the state. */
  z.strictObject({
    kind: z.literal("machine-dies"),
    state: z.enum(["provisioning", "active"]).default("active"),
    seconds: seconds.default(0),
    ...common,
  }),
]);

/** See {@link faultRuleSchema}. */
export type FaultRule = z.output<typeof faultRuleSchema>;
/** A rule before its defaults are filled in. */
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
/** Names of the kinds of faults. */
export type FaultKind = FaultRule["kind"];

/** What a request shows to the rules. */
export interface RequestFacts {
  readonly method: string;
  /** Without prefix and query. */
  readonly path: string;
  /** Of the device that it is about, where it names one. */
  readonly hostname: string | undefined;
}

/** A rule that is still in force. */
export interface ActiveRule {
  readonly id: number;
  readonly rule: FaultRule;
  /** Strikes left. */
  readonly left: number | "always";
  readonly struck: number;
}

type RuleOf<K extends FaultKind> = Extract<FaultRule, { kind: K }>;
type RequestRule = RuleOf<
  "rate-limited" | "server-error" | "proxy-error" | "cut-before" | "cut-after" | "slow-answer"
>;

/** The rules in force. */
export class FaultRules {
  #rules: ActiveRule[] = [];
  #next = 1;

  /** Adds a rule; the oldest that matches strikes first. */
  add(input: FaultRuleInput): ActiveRule {
    const rule = faultRuleSchema.parse(input);
    const active: ActiveRule = { id: this.#next, rule, left: rule.times, struck: 0 };
    this.#next += 1;
    this.#rules.push(active);
    return active;
  }

  /** Rules with strikes left. */
  list(): readonly ActiveRule[] {
    return this.#rules;
  }

  /** Removes one rule, or all. */
  clear(id?: number): void {
    this.#rules = id === undefined ? [] : this.#rules.filter((it) => it.id !== id);
  }

  /** Uses up one strike of a rule on requests; undefined when none matches. */
  takeForRequest<K extends RequestRule["kind"]>(
    kinds: readonly K[],
    facts: RequestFacts,
  ): (RequestRule & { readonly kind: K }) | undefined {
    const isMeant = (rule: FaultRule): rule is RequestRule & { readonly kind: K } =>
      kinds.some((it) => it === rule.kind);
    return this.#take(
      isMeant,
      ({ method, path, hostname }) =>
        (method ?? facts.method) === facts.method &&
        matches(path, facts.path) &&
        matches(hostname, facts.hostname),
    );
  }

  /** Uses up one strike of `provision-fails`. */
  takeFailure(hostname: string): RuleOf<"provision-fails"> | undefined {
    return this.#take(isOf("provision-fails"), (rule) => matches(rule.hostname, hostname));
  }

  /** Uses up one strike of `provision-slow`. */
  takeDelay(hostname: string): RuleOf<"provision-slow"> | undefined {
    return this.#take(isOf("provision-slow"), (rule) => matches(rule.hostname, hostname));
  }

  /** Uses up one strike of `machine-dies` for a state. */
  takeDeath(state: string, hostname: string): RuleOf<"machine-dies"> | undefined {
    return this.#take(
      isOf("machine-dies"),
      (rule) => rule.state === state && matches(rule.hostname, hostname),
    );
  }

  /** Whether a plan is sold out in a metro; `take` uses up a strike. */
  isSoldOut(plan: string, metro: string, take: boolean): boolean {
    const fits = (rule: RuleOf<"capacity-gone">): boolean =>
      (rule.plan ?? plan) === plan && (rule.metro ?? metro) === metro;
    if (take) return this.#take(isOf("capacity-gone"), fits) !== undefined;
    return this.#rules.some(({ rule }) => rule.kind === "capacity-gone" && fits(rule));
  }

  #take<R extends FaultRule>(
    isMeant: (rule: FaultRule) => rule is R,
    fits: (rule: R) => boolean,
  ): R | undefined {
    for (const active of this.#rules) {
      const { rule } = active;
      if (!isMeant(rule) || !fits(rule)) continue;
      this.#strike(active);
      return rule;
    }
    return undefined;
  }

  #strike(active: ActiveRule): void {
    const left = active.left === "always" ? active.left : active.left - 1;
    const next = { ...active, left, struck: active.struck + 1 };
    this.#rules = this.#rules
      .map((it) => (it.id === active.id ? next : it))
      .filter((it) => it.left !== 0);
  }
}

function isOf<K extends FaultKind>(kind: K): (rule: FaultRule) => rule is RuleOf<K> {
  return (rule): rule is RuleOf<K> => rule.kind === kind;
}

/** Whether a text fits a pattern with `*`; without a pattern everything does. */
function matches(wanted: string | undefined, text: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (text === undefined) return false;
  const source = wanted.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`).test(text);
}
