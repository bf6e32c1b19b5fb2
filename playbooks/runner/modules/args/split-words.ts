/** Splits a command line into words as Python's shlex and so Ansible's `command` does: quotes count, no shell runs. */
import { TaskFailure } from "../task-failure";

const TOKEN =
  /(?<space>\s+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\[\s\S])*)"|\\(?<escaped>[\s\S])|(?<plain>[^\s'"\\]+)|(?<bad>[\s\S])/g;

/**
 * The words.
 * @throws TaskFailure for a quote that is not closed
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const { groups = {} } of line.matchAll(TOKEN)) {
    if (groups.bad !== undefined) throw new TaskFailure(`no closing quotation in: ${line}`);
    if (groups.space === undefined) {
      word = (word ?? "") + textOf(groups);
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

function textOf(groups: Readonly<Record<string, string | undefined>>): string {
  if (groups.double !== undefined) return groups.double.replaceAll(/\\(["\\])/g, "$1");
  return groups.single ?? groups.escaped ?? groups.plain ?? "";
}
