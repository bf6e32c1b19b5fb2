/** Words of a line as Python's `shlex` splits them, with comments: quotes group, backslashes escape, `#` ends the line. Pure. */

/** @returns undefined when a quote is not closed, or nothing follows a backslash */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index] ?? "";
    const next = line[index + 1];
    if (char === "\\" && quote !== "'") {
      if (next === undefined) return undefined;
      const isEscaped = quote === undefined || next === quote || next === "\\";
      word = (word ?? "") + (isEscaped ? next : char + next);
      index += 1;
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word = (word ?? "") + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= "";
    } else if (char === "#") {
      break;
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + char;
    }
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}
