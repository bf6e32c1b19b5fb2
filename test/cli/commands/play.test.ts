/** `armstead play` before it connects anywhere: all that is wrong with what it is given, at once. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { loadCases } from "../../support/cases";
import { newFolder, runHere } from "../../support/command-line";

interface Case {
  /** Lines of each file. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly words: readonly string[];
  /** Beginnings of lines: lists of modules grow. */
  readonly stderr: readonly string[];
}

const cases = loadCases<Case>(path.join(__dirname, "play"));

test.each(cases)("armstead play: $name", async ({ files, words, stderr }) => {
  const folder = newFolder();
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), lines.map((it) => `${it}\n`).join(""));
  }
  const before = readdirSync(folder, { recursive: true });

  const answer = await runHere(["play", ...words], { folder });

  const lines = answer.stderr.split("\n").slice(0, -1);
  expect(lines.map((line, index) => line.slice(0, stderr[index]?.length))).toEqual(stderr);
  expect(answer).toMatchObject({ code: 1, stdout: "" });
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

test("armstead play refuses files that are no text, whichever they are", async () => {
  const folder = newFolder();
  for (const name of ["site.yml", "hosts.yml", "id", "known"]) {
    writeFileSync(path.join(folder, name), Uint8Array.of(0x7f, 0x45, 0xff, 0));
  }
  const words = ["site.yml", "-i", "hosts.yml", "--private-key", "id"];

  const { code, stderr } = await runHere(["play", ...words], { folder });

  const line = (name: string): string =>
    `AS1001  a file cannot be read "${name}"; it is not UTF-8 text\n`;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: ["site.yml", "hosts.yml", "id"].map(line).join(""),
  });
});
