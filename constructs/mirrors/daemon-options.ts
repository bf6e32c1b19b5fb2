/**
 * dockerd's own options beside its mirrors: both are in daemon.json, which has one owner, the play registry-mirrors.
 * So they are put together here, where both are known. Pure.
 */
import { DAEMON_JSON } from "./dockerd";
import type { RenderedFile } from "./rendered-file";

/** Keys of daemon.json whose lists may come from both sides. */
const SHARED_LISTS = ["insecure-registries"];

/**
 * The files with options added to daemon.json, which is made when no mirror needs it.
 * @param files - as mirrors render them
 * @param options - keys of daemon.json; none changes nothing
 */
export function addDaemonOptions(
  files: readonly RenderedFile[],
  options: Readonly<Record<string, unknown>> = {},
): RenderedFile[] {
  if (Object.keys(options).length === 0) return [...files];
  const before = files.find(({ path }) => path === DAEMON_JSON);
  const mirrors = JSON.parse(before?.content ?? "{}") as Record<string, unknown>;
  const merged = { ...options, ...mirrors };
  for (const key of SHARED_LISTS) {
    const both = [options[key], mirrors[key]].flatMap((it): unknown[] =>
      Array.isArray(it) ? it : [],
    );
    if (both.length > 0) merged[key] = [...new Set(both)];
  }
  const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
  const content = `${literal(JSON.stringify(sorted, undefined, 2))}\n`;
  const others = files.filter((it) => it !== before);
  return [...others, { path: DAEMON_JSON, content }].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Text that plays leave as it is: docker has templates of its own, such as the tag of a log, with the same braces. */
function literal(text: string): string {
  return text.replace(/\{\{|\{%|\{#/g, (it) => `{{ '${it}' }}`);
}
