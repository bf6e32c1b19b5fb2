/** One text of many fragments: the rules of `assemble`, on bytes as characters. Pure. */
import { pythonRegex } from "../args/python-regex";

/** A file of the folder. */
export interface Fragment {
  readonly name: string;
  /** Bytes as characters. */
  readonly text: string;
}

/** The arguments that decide. */
export interface FragmentWish {
  readonly delimiter?: string | undefined;
  readonly regexp?: string | undefined;
  readonly ignore_hidden: boolean;
  /** Always end the delimiter with one more line feed, as Ansible does when the fragments travel. */
  readonly endsDelimiter: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v" },
  ...{ "\\": "\\", "'": "'", '"': '"', "\n": "" },
};

/** The fragments in the order of their names. */
export function assemble(fragments: readonly Fragment[], wish: FragmentWish): string {
  const pattern = wish.regexp === undefined ? undefined : pythonRegex(wish.regexp);
  const wanted = fragments
    .filter(({ name }) => pattern?.test(name) !== false)
    .filter(({ name }) => !(wish.ignore_hidden && name.startsWith(".")))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const delimiter = delimiterOf(wish);
  return wanted.reduce((sofar, { text }, index) => {
    if (index === 0) return text;
    const previous = wanted[index - 1]?.text ?? "";
    return `${sofar}${previous.endsWith("\n") ? "" : "\n"}${delimiter}${text}`;
  }, "");
}

function delimiterOf({ delimiter = "", endsDelimiter }: FragmentWish): string {
  if (delimiter === "") return "";
  const text = delimiter.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g,
    (written: string, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return ESCAPES[letter ?? ""] ?? written;
    },
  );
  return text.endsWith("\n") && !endsDelimiter ? text : `${text}\n`;
}
