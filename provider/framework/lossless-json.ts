/** JSON whose numbers keep their digits: those that a double cannot hold become {@link Decimal}. Pure. */
import { Decimal, toNumber } from "../protocol/decimal";

/** Starts a text that stands for a number; control characters cannot stand in JSON as such. */
const MARK = "\u0000decimal:";
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARKED = new RegExp(
  `"${JSON.stringify(MARK).slice(1, -1).replace(/\\/g, "\\\\")}([^"]*)"`,
  "g",
);

/** Parses; numbers beyond a double become Decimals. @throws SyntaxError when it is no JSON */
export function parseJson(text: string): unknown {
  const marked = text.replace(TOKEN, (token) =>
    token.startsWith('"') || !(toNumber(token) instanceof Decimal)
      ? token
      : JSON.stringify(MARK + token),
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(MARK)
      ? new Decimal(value.slice(MARK.length))
      : value,
  );
}

/** Writes JSON; Decimals become numbers with all their digits. */
export function stringifyJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, it: unknown) =>
    it instanceof Decimal ? MARK + it.text : it,
  );
  return marked.replace(MARKED, "$1");
}
