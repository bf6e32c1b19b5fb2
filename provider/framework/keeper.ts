/**
 * Remembers what exists while a create or update goes on. From the first object on there is
 * always something to store, whatever happens: a failed create is tainted, never orphaned.
 */
import { Bug } from "../../core/faults";
import type { DynamicValue } from "../protocol/messages/common";
import type { Report } from "./report";
import type { Schema } from "./resource";
import { settle } from "./settle";
import type { Values } from "./values";

/** See the module's header. */
export class Keeper {
  readonly #schema: Schema;
  readonly #planned: Values;
  #kept: object | undefined;

  /**
   * @param schema - with `timeouts`
   * @param planned - gives `timeouts` and spelling
   */
  constructor(schema: Schema, planned: Values) {
    this.#schema = schema;
    this.#planned = planned;
  }

  /** Says what exists now. */
  keep(model: object): void {
    this.#kept = { ...model };
  }

  /** The last object said, unknowns as null; undefined when there was none. */
  get kept(): DynamicValue | undefined {
    return this.#kept && settle(this.#schema, this.#kept, this.#planned).value;
  }

  /** The final object; what is wrong with it goes to the report and costs only its own attributes. */
  finish(model: object, report: Report): DynamicValue {
    this.#kept = model;
    const { value, mistakes } = settle(this.#schema, model, this.#planned);
    if (mistakes.length > 0)
      report.error(new Bug(`the answer has mistakes: ${mistakes.join("; ")}`));
    return value;
  }
}
