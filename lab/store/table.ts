/** Rows of one kind, in memory, in the order in which they were made; every change is told to a listener. */
import { Bug } from "../../core/faults";

/** What every row has. */
export interface Row {
  readonly id: string;
}

/** Hears of every change. */
export type ChangeListener<T> = (id: string, row: T | undefined) => void;

/** See the module's header. Rows are replaced, never changed in place. */
export class Table<T extends Row> {
  readonly #rows = new Map<string, T>();
  readonly #groups = new Map<string, Set<string>>();

  /**
   * @param name - for messages
   * @param owner - whom a row belongs to: the key of {@link of}; must never change
   * @param listener - hears of every change
   */
  constructor(
    readonly name: string,
    private readonly owner: (row: T) => string,
    private readonly listener: ChangeListener<T>,
  ) {}

  /** @throws Bug when there is none */
  get(id: string): T {
    const row = this.#rows.get(id);
    if (row === undefined) throw new Bug(`no row ${id} in ${this.name}`);
    return row;
  }

  /** Undefined when there is none. */
  tryGet(id: string): T | undefined {
    return this.#rows.get(id);
  }

  /** All rows, oldest first. */
  all(): T[] {
    return [...this.#rows.values()];
  }

  /** The rows of one owner, oldest first. */
  of(owner: string): T[] {
    return [...(this.#groups.get(owner) ?? [])].map((id) => this.get(id));
  }

  /** Adds or replaces. A replaced row keeps its place. */
  put(row: T): T {
    this.load(row);
    this.listener(row.id, row);
    return row;
  }

  /** Replaces some fields. @throws Bug when there is no such row */
  update(id: string, changes: Partial<T>): T {
    return this.put({ ...this.get(id), ...changes });
  }

  /** Removes the row; content when there is none. */
  remove(id: string): void {
    if (this.unload(id)) this.listener(id, undefined);
  }

  /** Takes a row in without telling the listener: for reading the journal. */
  load(row: T): void {
    this.#rows.set(row.id, row);
    const owner = this.owner(row);
    const group = this.#groups.get(owner) ?? new Set();
    this.#groups.set(owner, group.add(row.id));
  }

  /** Drops a row without telling the listener. */
  unload(id: string): boolean {
    const row = this.#rows.get(id);
    if (row === undefined) return false;
    const owner = this.owner(row);
    const group = this.#groups.get(owner);
    group?.delete(id);
    if (group?.size === 0) this.#groups.delete(owner);
    return this.#rows.delete(id);
  }
}
