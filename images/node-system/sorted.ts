/** Small moves that both ways to write a node down are made of: order that does not depend on the input's. Pure. */

/** A copy, sorted by a key in the order of code units. */
export function by<K extends string, T extends Readonly<Record<K, string>>>(
  key: K,
  items: readonly T[] = [],
): T[] {
  return [...items].sort((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0));
}

/** A key with a list, or no key when the list is empty. */
export function list<K extends string, T>(
  key: K,
  items: readonly T[],
): Partial<Readonly<Record<K, readonly T[]>>> {
  return items.length === 0 ? {} : ({ [key]: items } as Readonly<Record<K, readonly T[]>>);
}

/** A key with an object, or no key when the object is empty. */
export function section<K extends string, T extends object>(
  key: K,
  content: T,
): Partial<Readonly<Record<K, T>>> {
  return Object.keys(content).length === 0 ? {} : ({ [key]: content } as Readonly<Record<K, T>>);
}
