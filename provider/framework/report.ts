/**
 * Collects what one call has to tell the user. Faults and exceptions become diagnostics here
 * and nowhere else; secrets are removed; stack traces go to the debug log only.
 */
import { CODES } from "../../core/codes";
import {
  Bug,
  describeError,
  fault,
  formatFault,
  OuterFault,
  UserFault,
  type Fault,
} from "../../core/faults";
import { redactor } from "../../core/secret";
import { CtyError } from "../protocol/cty-error";
import { SEVERITY, type Diagnostic } from "../protocol/messages/common";
import { formatPath, parsePath, toAttributePath } from "./fault-path";
import type { Schema } from "./resource";
import { isSecret, secretTexts } from "./secrets";

/** Writes one line to the debug log. */
export type DebugLog = (line: string) => void;

/** The diagnostics of one call. */
export class Report {
  readonly #schema: Schema;
  readonly #debug: DebugLog;
  readonly #secrets: string[];
  readonly #found: Diagnostic[] = [];

  /**
   * @param schema - what paths refer to
   * @param debug - where stack traces go
   * @param secrets - texts that are never shown
   */
  constructor(schema: Schema, debug: DebugLog, secrets: readonly string[]) {
    this.#schema = schema;
    this.#debug = debug;
    this.#secrets = [...secrets];
  }

  /** Adds the secrets of a value to those that are never shown. */
  hide(value: unknown): void {
    this.#secrets.push(...secretTexts(this.#schema, value));
  }

  /** Whether anything is wrong: warnings do not count. */
  get failed(): boolean {
    return this.#found.some(({ severity }) => severity === SEVERITY.error);
  }

  /** The diagnostics, secrets removed. */
  get diagnostics(): Diagnostic[] {
    const clean = redactor(this.#secrets);
    return this.#found.map((it) => ({
      ...it,
      summary: clean(it.summary ?? ""),
      detail: clean(it.detail ?? ""),
    }));
  }

  /** Adds a warning. */
  warn(it: Fault): void {
    this.#add(SEVERITY.warning, it);
  }

  /** Adds faults as errors, one diagnostic each. */
  faults(faults: readonly Fault[]): void {
    for (const it of faults) this.#add(SEVERITY.error, it);
  }

  /** Adds whatever was thrown. */
  error(error: unknown): void {
    if (error instanceof UserFault) {
      this.faults(error.faults);
      return;
    }
    if (error instanceof CtyError) {
      this.faults([fault("AS1809", formatPath(error.path), { problem: error.problem })]);
      return;
    }
    if (error instanceof OuterFault) {
      this.#log(error);
      const cause = error.cause === undefined ? "" : `\ncause: ${describeError(error.cause)}`;
      this.#found.push({
        severity: SEVERITY.error,
        summary: `${error.code}: ${CODES[error.code].title}`,
        detail: `${error.message}${cause}\n${error.hint}`,
      });
      return;
    }
    this.#bug(error);
  }

  #add(severity: number, it: Fault): void {
    const path = parsePath(it.path);
    const attribute = typeof path[0] === "string" ? this.#schema[path[0]] : undefined;
    const { given, ...rest } = it;
    const shown = attribute && isSecret(attribute) ? rest : { ...rest, given };
    const summary = `${it.code}: ${it.problem}`;
    const text = formatFault(shown);
    const says = text === `${it.code}  ${it.problem}` ? [] : [text];
    const fix = it.hint === undefined ? [CODES[it.code].fix] : [];
    this.#found.push({
      severity,
      summary,
      detail: [...says, ...fix].join("\n"),
      attribute: toAttributePath(path, Object.keys(this.#schema)),
    });
  }

  #bug(error: unknown): void {
    this.#log(error);
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const detail = error instanceof Bug ? error.message : new Bug(what).message;
    this.#found.push({
      severity: SEVERITY.error,
      summary: `AS3001: ${CODES.AS3001.title}`,
      detail: `${detail}\nTF_LOG=debug shows where it happened.`,
    });
  }

  #log(error: unknown): void {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#debug(redactor(this.#secrets)(trace));
  }
}
