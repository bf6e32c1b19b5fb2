/** Writes docs/errors.md from core/codes.ts; a test keeps both equal. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { CODES, type CodeEntry } from "../core/codes";

/** The page's text. */
export function errorsPage(codes: Readonly<Record<string, CodeEntry>> = CODES): string {
  const sections = Object.entries(codes)
    .sort(([left], [right]) => left.localeCompare(right))
    .map(
      ([code, { title, why, fix }]) => `## ${code}: ${title}\n\n${why}\n\n**What to do:** ${fix}\n`,
    );
  return [
    "# Error codes\n",
    "Generated from `core/codes.ts` by `npm run generate`. Codes are stable: they are never reused for another meaning.",
    "`armstead explain CODE` prints the same on the command line. AS1… is a fault in the input, AS2… a fault of the",
    "network, the API or a host, AS3… a bug of Armstead.\n",
    ...sections,
  ].join("\n");
}

if (require.main === module) {
  writeFileSync(path.join(__dirname, "..", "docs", "errors.md"), errorsPage());
}
