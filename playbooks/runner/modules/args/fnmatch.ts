/** Shell patterns as Python's fnmatch reads them: `*`, `?`, `[seq]` and `[!seq]`; `*` matches a slash too. */

/** Whether a text is a pattern at all. */
export function isWildcard(text: string): boolean {
  return /[*?[]/.test(text);
}

/** An expression that matches whole texts. */
export function fnmatch(pattern: string): RegExp {
  const source = pattern.replaceAll(
    /\[(!?)(\]?[^\]]*)\]|[\s\S]/g,
    (part, not?: string, set?: string) => {
      if (set !== undefined && set !== "") {
        return `[${not === "!" ? "^" : ""}${set.replaceAll(/[\\[\]^]/g, "\\$&")}]`;
      }
      if (part === "*") return "[\\s\\S]*";
      if (part === "?") return "[\\s\\S]";
      return part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    },
  );
  return new RegExp(`^(?:${source})$`);
}
