/**
 * Which travelling files templates read: by `include`, `import`, `extends` and lookups. Told from the text: a name may mean
 * several files, and one that is computed may mean any. Pure.
 */
import { namedFiles } from "../../model/template/file-names";
import type { TravellingFiles } from "../../model/source";
import { segmentsOf } from "./segments";
import type { EvaluatedText } from "./evaluated-text";

const TRIGGER = /\b(?:lookup|query|q)\s*\(|\b(?:include|import|extends)\b/;

/** Paths of the files that texts, and the templates among these files, may read. */
export function filesRead(
  texts: readonly EvaluatedText[],
  files: TravellingFiles,
): ReadonlySet<string> {
  const found = new Set<string>();
  let next: readonly EvaluatedText[] = texts;
  while (next.length > 0) {
    const names = next
      .filter((it) => TRIGGER.test(it.text))
      .flatMap((it) => namedFiles(segmentsOf(it)));
    if (names.some((it) => it.name === undefined)) return new Set(files.keys());
    const fresh = [...files.keys()].filter(
      (path) => !found.has(path) && names.some((it) => isMeant(path, it.name ?? "")),
    );
    for (const it of fresh) found.add(it);
    next = fresh.map((path) => ({ text: files.get(path) ?? "", kind: "template" }));
  }
  return found;
}

function isMeant(path: string, name: string): boolean {
  const tail = name.replace(/^(?:\.\.?\/)+/, "");
  return path === tail || path.endsWith(`/${tail}`);
}
