/** A value that cannot be printed by mistake, and the removal of such values from text. */
import { inspect } from "node:util";

const HIDDEN = "(secret)";

/** Holds a secret. Only {@link Secret.reveal} gives it away. */
export class Secret {
  readonly #value: string;

  /** @param value - the secret text */
  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself: only for the one call that needs it. */
  reveal(): string {
    return this.#value;
  }

  /** @returns a placeholder */
  toString(): string {
    return HIDDEN;
  }

  /** @returns a placeholder */
  toJSON(): string {
    return HIDDEN;
  }

  /** @returns a placeholder */
  [inspect.custom](): string {
    return HIDDEN;
  }
}

/**
 * Makes a function that removes the given secrets from text. Secrets shorter than
 * four characters are left alone, since removing them would make noise, not safety.
 */
export function redactor(secrets: readonly (Secret | string)[]): (text: string) => string {
  const values = secrets
    .map((it) => (typeof it === "string" ? it : it.reveal()))
    .flatMap((it) => [it, JSON.stringify(it).slice(1, -1)])
    .filter((it) => it.length >= 4)
    .sort((a, b) => b.length - a.length);
  return (text) => values.reduce((rest, value) => rest.split(value).join(HIDDEN), text);
}
