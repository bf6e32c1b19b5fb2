/** `armstead explain`: every code of docs/errors.md, with the same words. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { runHere } from "../../support/command-line";

const page = readFileSync(path.join(__dirname, "..", "..", "..", "docs", "errors.md"), "utf8");
const sections = [
  ...page.matchAll(/^## (AS\d{4}): (.+)\n\n(.+)\n\n\*\*What to do:\*\* (.+)\n/gm),
].map(([, code = "", title = "", why = "", fix = ""]) => ({ code, title, why, fix }));

test("docs/errors.md is read as a whole", () => {
  expect(sections.length).toBeGreaterThan(100);
  expect(sections.length).toBe(page.match(/^## /gm)?.length);
});

test.each(sections)("armstead explain $code", async ({ code, title, why, fix }) => {
  const text = await runHere(["explain", code]);
  const json = await runHere(["explain", "--json", code.toLowerCase()]);

  const stdout = `${code}: ${title}\n\n${why}\n\nWhat to do: ${fix}\n`;
  expect(text).toEqual({ code: 0, stdout, stderr: "" });
  expect(json).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(json.stdout)).toEqual({ code, title, why, fix });
});
