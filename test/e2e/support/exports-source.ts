/** A program that imports every entry of package.json's `exports`. Pure. */
import { exports as table } from "../../../package.json";

/**
 * Names to import: a pattern stands for each file that it matches.
 * @param entries - files of the package
 */
export function exportedNames(entries: readonly string[]): string[] {
  return Object.entries(table).flatMap(([name, target]) => {
    const file = typeof target === "string" ? target : target.default;
    const [before = "", after] = file.slice("./".length).split("*");
    if (after === undefined) return [name.replace(/^\./, "armstead")];
    return entries
      .filter((it) => it.startsWith(before) && it.endsWith(after))
      .map((it) => it.slice(before.length, it.length - after.length))
      .map((it) => name.replace(/^\./, "armstead").replace("*", it));
  });
}

/** Source of a CommonJS module that imports all of them; what is exported is not left out as unused. */
export function exportsSource(names: readonly string[]): string {
  return names.map((it, n) => `export import e${n} = require("${it}");\n`).join("");
}
