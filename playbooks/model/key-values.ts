/** Arguments written as text: `src=a dest="b c"`. As in Ansible, quotes and templates keep what is in them together. Pure. */

/** Arguments of a text, and what is none of them. */
export interface KeyValues {
  readonly values: Readonly<Record<string, string>>;
  /** Words that are no `name=value`, as they were. */
  readonly rest: string;
}

const PAIR = /^([A-Za-z_]\w*)=(.*)$/s;

/**
 * Reads arguments out of a text.
 * @param isArgument - which names are arguments; others stay words of the text
 */
export function readKeyValues(
  text: string,
  isArgument: (name: string) => boolean = () => true,
): KeyValues {
  const values: Record<string, string> = {};
  const rest: string[] = [];
  for (const { word, before } of splitWords(text)) {
    const [, name, value] = PAIR.exec(word) ?? [];
    if (name !== undefined && value !== undefined && isArgument(name))
      values[name] = unquote(value);
    else rest.push(rest.length === 0 ? word : before + word);
  }
  return { values, rest: rest.join("") };
}

interface Word {
  readonly word: string;
  /** The space before it. */
  readonly before: string;
}

/** Words between spaces that are neither in quotes nor in templates. */
function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let word = "";
  let before = "";
  let quote: string | undefined;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? "";
    const pair = text.slice(index, index + 2);
    if (quote === undefined && /^\{[{%#]$/.test(pair)) depth += 1;
    if (quote === undefined && /^[}%#]\}$/.test(pair) && depth > 0) {
      depth -= 1;
      word += pair;
      index += 1;
      continue;
    }
    if (depth === 0 && char === "\\" && quote !== "'") {
      word += pair;
      index += 1;
      continue;
    }
    if (depth === 0 && (char === '"' || char === "'")) {
      if (quote === undefined) quote = char;
      else if (quote === char) quote = undefined;
    }
    if (quote === undefined && depth === 0 && /\s/.test(char)) {
      if (word !== "") words.push({ word, before });
      before = word === "" ? before + char : char;
      word = "";
    } else {
      word += char;
    }
  }
  if (word !== "") words.push({ word, before });
  return words;
}

function unquote(text: string): string {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(text);
  return quoted ? (quoted[2] ?? "") : text;
}
