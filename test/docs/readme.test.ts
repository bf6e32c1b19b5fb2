/** What README.md says that proves its features is there. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { scripts } from "../../package.json";

const root = path.join(__dirname, "..", "..");
const page = readFileSync(path.join(root, "README.md"), "utf8");
const [, table = ""] = page.split("## What is real");
/** Piece, state, and proofs of each row. */
const rows = table
  .split("\n")
  .filter((it) => it.startsWith("| "))
  .slice(2)
  .map((line) => line.split("|").map((it) => it.trim()))
  .map(([, piece = "", , proofs = ""]) => [piece, proofs] as const);

test("the table has rows, each of another piece", () => {
  expect(rows.length).toBeGreaterThan(25);
  expect(new Set(rows.map(([piece]) => piece)).size).toBe(rows.length);
});

test.each(rows)("%s: its proofs are there", (_, proofs) => {
  const words = [...proofs.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
  const isThere = (it: string): boolean =>
    it.startsWith("npm run ")
      ? it.slice("npm run ".length) in scripts
      : it.startsWith("test/") && existsSync(path.join(root, it));

  expect(words.length).toBeGreaterThan(0);
  expect(words.filter((it) => !isThere(it))).toEqual([]);
});
