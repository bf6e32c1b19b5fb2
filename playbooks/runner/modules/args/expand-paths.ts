/** `~`, `~user` and `$NAME` in paths, as Ansible reads them: what they mean is asked of the host, for the task's user. */
import type { TaskContext } from "../../module";
import { quote } from "../../transport/quote";

const HOME = /^~[\w.-]*(?=\/|$)/;
const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

/** The same paths as the host means them; one round trip, and none for paths that hold nothing of the kind. */
export async function expandPaths(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  paths: readonly string[],
): Promise<readonly string[]> {
  const words = [...new Set(paths.flatMap(wordsOf))];
  if (words.length === 0) return paths;
  const { stdout } = await host.query({ script: words.map(printWord).join("\n") }, { signal });
  const values = stdout.split("\0");
  const known = new Map(words.map((it, index) => [it, values[index] ?? it]));
  const valueOf = (word: string): string => known.get(word) ?? word;
  return paths.map((it) => it.replace(HOME, valueOf).replaceAll(VARIABLE, valueOf));
}

function wordsOf(path: string): string[] {
  return [HOME.exec(path)?.[0] ?? [], path.match(VARIABLE) ?? []].flat();
}

/** A line that prints what a word means: only letters, digits and the like can be in it. */
function printWord(word: string): string {
  if (word.startsWith("~")) return `printf '%s\\0' ${word}`;
  const name = word.replaceAll(/[${}]/g, "");
  return `if [ "\${${name}+set}" ]; then printf '%s\\0' "$${name}"; else printf '%s\\0' ${quote(word)}; fi`;
}
