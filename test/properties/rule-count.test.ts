/** Every rule that is kept as data has a case that it accepts and one that it refuses; how many there are is printed. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const TESTS = path.join(__dirname, "..");
/** Folders whose files are rules, one a file. */
const FOLDERS = /(^|\/)(rules|kinds\/[a-z0-9]+)$/;

interface Rules {
  readonly folder: string;
  readonly files: readonly {
    readonly file: string;
    readonly accepted: number;
    readonly rejected: number;
  }[];
}

const all = readdirSync(TESTS, { recursive: true, withFileTypes: true })
  .filter((it) => it.isDirectory())
  .map((it) => path.relative(TESTS, path.join(it.parentPath, it.name)).split(path.sep).join("/"))
  .filter((it) => FOLDERS.test(it))
  .sort()
  .map((folder): Rules => ({ folder, files: rulesIn(folder) }));

test("every rule that is data has both kinds of cases", () => {
  const rules = all.flatMap(({ files }) => files);
  const sum = (key: "accepted" | "rejected"): number =>
    rules.reduce((total, it) => total + it[key], 0);
  const lines = all.map(({ folder, files }) => `  ${folder}: ${files.length}`);
  process.stderr.write(
    `${[`${rules.length} rules as data: ${sum("accepted")} cases accepted, ${sum("rejected")} refused`, ...lines].join("\n")}\n`,
  );

  expect(rules.length).toBeGreaterThan(150);
  expect(rules.filter(({ accepted, rejected }) => accepted === 0 || rejected === 0)).toEqual([]);
});

function rulesIn(folder: string): Rules["files"] {
  return readdirSync(path.join(TESTS, folder))
    .filter((it) => it.endsWith(".json"))
    .map((file) => {
      const json = JSON.parse(readFileSync(path.join(TESTS, folder, file), "utf8")) as Readonly<
        Record<string, unknown>
      >;
      const cases = (...keys: string[]): { readonly warnings?: unknown }[] =>
        keys.flatMap((key) => (json[key] ?? []) as { readonly warnings?: unknown }[]);
      const fine = cases("accepted", "accepts");
      // What is warned of is let through, and is no accepted case all the same.
      const warned = fine.filter(({ warnings }) => warnings !== undefined);
      return {
        file: `${folder}/${file}`,
        accepted: fine.length - warned.length,
        rejected: cases("rejected", "rejects").length + warned.length,
      };
    });
}
