/**
 * What this process has made or taken over. Terraform may be about to hear of it, so that its tags alone
 * would let another create of the same name take it for something left behind.
 */
interface Marked {
  readonly id: string;
  readonly tags: readonly string[];
}

/** See the header. */
export class Held {
  readonly #words = new Set<string>();

  /** Before it is asked for: its id is not known yet. @param tag - that no other create gives */
  expect(tag: string): void {
    this.#words.add(tag);
  }

  /** Its id is known. */
  take({ id }: Marked): void {
    this.#words.add(id);
  }

  /** It was deleted. */
  release(id: string): void {
    this.#words.delete(id);
  }

  /** Whether it is ours. */
  has({ id, tags }: Marked): boolean {
    return [id, ...tags].some((it) => this.#words.has(it));
  }
}
