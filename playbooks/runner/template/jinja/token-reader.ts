/** Tokens of one tag, read one after the other. */
import type { Token } from "../../../model/template/tokens";
import { TemplateFailure } from "../failure";

/** How strings are read, and how whitespace is trimmed. */
export interface ParseOptions {
  /**
   * In texts of playbooks Ansible leaves backslashes inside `{{ … }}` as they are; in template files they are
   * escapes.
   */
  readonly backslashes: "kept" | "escapes";
  /** @default true */
  readonly trimBlocks?: boolean;
  /** @default false */
  readonly lstripBlocks?: boolean;
}

/** A cursor over tokens. */
export class TokenReader {
  #at = 0;

  /**
   * @param tokens - of one tag
   * @param line - of the tag in its template, from 1
   * @param escapes - whether backslashes in strings are escapes
   */
  constructor(
    readonly tokens: readonly Token[],
    readonly line: number,
    readonly escapes: boolean,
  ) {}

  /** The token that comes `ahead` behind the next one. */
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.#at + ahead];
  }

  /** Whether the next token is an operator or name of this text. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token !== undefined && token.kind !== "string" && token.text === text;
  }

  /** Whether there is nothing left. */
  get done(): boolean {
    return this.#at >= this.tokens.length;
  }

  /** Takes the next token when it is this text. */
  take(text: string): boolean {
    const found = this.is(text);
    if (found) this.#at += 1;
    return found;
  }

  /** Takes whatever is next. @throws TemplateFailure at the end */
  next(wanted = "an expression"): Token {
    const token = this.peek();
    if (!token) throw this.failure(`expected ${wanted}, got the end of the tag`);
    this.#at += 1;
    return token;
  }

  /** @throws TemplateFailure when the next token is another one */
  expect(text: string): void {
    if (!this.take(text)) throw this.failure(`expected \`${text}\`, got ${this.#given()}`);
  }

  /** @throws TemplateFailure when the next token is no name */
  name(): string {
    const token = this.peek();
    if (token?.kind !== "name") throw this.failure(`expected a name, got ${this.#given()}`);
    this.#at += 1;
    return token.text;
  }

  /** @throws TemplateFailure when anything is left */
  end(): void {
    if (!this.done) throw this.failure(`expected the end of the tag, got ${this.#given()}`);
  }

  /** A fault of grammar at this place. */
  failure(problem: string): TemplateFailure {
    return new TemplateFailure("syntax", `syntax error: ${problem} (line ${this.line})`);
  }

  #given(): string {
    const token = this.peek();
    return token ? `\`${token.text}\`` : "the end of the tag";
  }
}
