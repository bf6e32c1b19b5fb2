/** Whether a difference is one that a case knows: a place, with `*` for anything. Pure. */
export function matches(pattern: string, at: string): boolean {
  const parts = pattern.split("*").map((it) => it.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(at);
}
