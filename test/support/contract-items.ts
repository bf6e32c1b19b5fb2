/** Which items of the conformance list the exam asks, read from the exam's own files. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** First and last number of the list. */
const LAST = 122;

/** Every number of the conformance list, `C-001` to `C-122`. */
export const ALL_ITEMS: readonly string[] = Array.from(
  { length: LAST },
  (_, index) => `C-${String(index + 1).padStart(3, "0")}`,
);

/**
 * Numbers that tests and case files of a folder are named by, as often as they occur: of
 * `test("C-001 S …")` and `describe("C-004 S …")`, and of files such as `C-043-no-private.json`.
 */
export function askedItems(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.flatMap((file) => {
    if (file.endsWith(".json")) return /^C-\d{3}/.exec(path.basename(file)) ?? [];
    if (!file.endsWith(".test.ts")) return [];
    const source = readFileSync(path.join(folder, file), "utf8");
    const titles = source.matchAll(/^\s*(?:test|describe)\(\s*["`](C-\d{3}(?: C-\d{3})*)/gm);
    return [...titles].flatMap(([, numbers = ""]) => numbers.split(" "));
  });
}
