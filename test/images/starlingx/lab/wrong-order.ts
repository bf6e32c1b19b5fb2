/**
 * An order that is wrong at its last command, and what the lab says to it, as StarlingX would: the right order of a
 * configuration up to a named point, then one command too early, too late, or at the wrong host.
 */
import type { Configuration, Step } from "./orders";

/** See the header. */
export interface WrongOrder {
  /** What is wrong. */
  readonly name: string;
  readonly configuration: Configuration;
  /** Point of its order; see orders.ts. */
  readonly after: string;
  /** Commands that still pass. */
  readonly then?: readonly Step[];
  /** The command that is refused. */
  readonly wrong: Step;
  /** Words of the refusal. */
  readonly says: string;
}
