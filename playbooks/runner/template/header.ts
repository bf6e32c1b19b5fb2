/** The first line of a template file, when it says how to read the rest: `#jinja2: trim_blocks: False`. Pure. */
import { TemplateFailure } from "./failure";
import type { ParseOptions } from "./jinja/token-reader";

const HEADER = /^#jinja2:([^\n]*)\n?/;
const SWITCHES = ["trim_blocks", "lstrip_blocks"] as const;

/** A template file without its header, and what the header says. @throws TemplateFailure */
export function readHeader(content: string): { text: string; options: ParseOptions } {
  const plain: ParseOptions = { backslashes: "escapes" };
  const found = HEADER.exec(content);
  if (!found) return { text: content, options: plain };
  const given = new Map<string, boolean>();
  for (const part of (found[1] ?? "").split(",").filter((it) => it.trim() !== "")) {
    const [name = "", value = ""] = part.split(":").map((it) => it.trim());
    if (!SWITCHES.some((it) => it === name) || !/^(true|false)$/i.test(value)) {
      throw new TemplateFailure(
        "syntax",
        `#jinja2: only ${SWITCHES.join(" and ")} with True or False, not \`${part.trim()}\``,
      );
    }
    given.set(name, /^true$/i.test(value));
  }
  const options = {
    ...plain,
    trimBlocks: given.get("trim_blocks") ?? true,
    lstripBlocks: given.get("lstrip_blocks") ?? false,
  };
  return { text: content.slice(found[0].length), options };
}
