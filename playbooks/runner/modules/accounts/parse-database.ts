/** Lines of getent as Ansible gives them: the first field is the key, the others a list. Pure. */

/**
 * @param lines - one entry each
 * @param separator - undefined: any white space
 * @returns fields by key; for a key that comes more than once, a list of such lists
 */
export function parseDatabase(
  lines: readonly string[],
  separator: string | undefined,
): Readonly<Record<string, readonly string[] | readonly (readonly string[])[]>> {
  const byKey = new Map<string, string[][]>();
  for (const line of lines) {
    const [key = "", ...fields] =
      separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
    byKey.set(key, [...(byKey.get(key) ?? []), fields]);
  }
  const entries = [...byKey].map(([key, all]) => [key, all.length === 1 ? (all[0] ?? []) : all]);
  return Object.fromEntries(entries) as ReturnType<typeof parseDatabase>;
}
