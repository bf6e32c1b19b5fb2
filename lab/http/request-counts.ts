/** How often each route was called, for tests that count requests. */

/** See the module's header. */
export class RequestCounts {
  readonly #counts = new Map<string, number>();

  /** @param route - method and pattern, such as `GET /devices/:id` */
  add(route: string): void {
    this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
  }

  /** By route, sorted by name. */
  all(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => a.localeCompare(b)));
  }

  /** Starts again from zero. */
  clear(): void {
    this.#counts.clear();
  }
}
