import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { allCases, moduleAdditions } from "./all-cases";
import { differencesPage } from "./differences-page";

const PAGE = path.join(__dirname, "../../docs/ansible-differences.md");

test("docs/ansible-differences.md lists every known difference", () => {
  const page = differencesPage(allCases(), moduleAdditions());
  if (process.env.UPDATE_DIFFERENCES === "1") writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, "utf8")).toBe(page);
});
