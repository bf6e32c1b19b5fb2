/** `systemctl show` as data: one property a line, but commands may go over several. Pure. */

/** Values by property. */
export function parseShow(lines: readonly string[]): Record<string, string> {
  const values = new Map<string, string>();
  let open: string | undefined;
  for (const line of lines) {
    if (open !== undefined) {
      values.set(open, `${values.get(open) ?? ""}\n${line}`.trim());
      if (line.trimEnd().endsWith("}")) open = undefined;
      continue;
    }
    const at = line.indexOf("=");
    if (at < 0) continue;
    const [name, value] = [line.slice(0, at), line.slice(at + 1).trim()];
    values.set(name, value);
    if (name.startsWith("Exec") && value.startsWith("{") && !value.endsWith("}")) open = name;
  }
  return Object.fromEntries(values);
}
