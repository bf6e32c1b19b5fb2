/** Which tasks `tags` and `skipTags` choose, with Ansible's `always`, `never`, `all`, `tagged`, `untagged`. Pure. */

/** What was asked for. */
export interface TagChoice {
  /** @default - all */
  readonly tags?: readonly string[] | undefined;
  /** @default - none */
  readonly skipTags?: readonly string[] | undefined;
}

/** Whether a task with these tags runs. */
export function isSelected(tags: readonly string[], choice: TagChoice): boolean {
  const { tags: only = [], skipTags = [] } = choice;
  const own = new Set(tags);
  return isWanted(own, only.length > 0 ? only : ["all"]) && !isSkipped(own, skipTags);
}

function isWanted(own: ReadonlySet<string>, only: readonly string[]): boolean {
  const named = only.some((it) => own.has(it));
  if (own.has("always") || named) return true;
  if (own.has("never")) return false;
  return (
    only.includes("all") ||
    (only.includes("tagged") && own.size > 0) ||
    (only.includes("untagged") && own.size === 0)
  );
}

function isSkipped(own: ReadonlySet<string>, skipped: readonly string[]): boolean {
  if (skipped.some((it) => own.has(it))) return true;
  if (own.has("always")) return false;
  return (
    skipped.includes("all") ||
    (skipped.includes("tagged") && own.size > 0) ||
    (skipped.includes("untagged") && own.size === 0)
  );
}
