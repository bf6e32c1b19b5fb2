import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { CODES } from "../../core/codes";
import { errorsPage } from "../../scripts/generate-errors";
import { withRooms } from "../../scripts/generate-architecture";
import { playbooksPage } from "../../scripts/generate-playbooks";
import { withTargets } from "../../scripts/generate-registries";
import rooms from "../../rooms.json";

const root = path.join(__dirname, "..", "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

test("docs/errors.md says what core/codes.ts says", () => {
  expect(read("docs/errors.md")).toBe(errorsPage());
});

test("every code in the sources is in the table, and every code of the table is used", () => {
  const folders = Object.keys(rooms.rooms).filter((it) => !it.endsWith(".ts"));
  const sources = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !(folder === "core" && file.startsWith("codes")))
      .map((file) => read(path.join(folder, file))),
  );
  const used = new Set(sources.flatMap((text) => text.match(/AS[123]\d{3}/g) ?? []));

  expect([...used].filter((it) => !(it in CODES))).toEqual([]);
  expect(Object.keys(CODES).filter((it) => !used.has(it))).toEqual([]);
});

test("titles are clauses: lower case, no full stop; why and fix are sentences", () => {
  for (const [code, { title, why, fix }] of Object.entries(CODES)) {
    expect({ code, ok: !title.endsWith(".") && why.endsWith(".") && fix.endsWith(".") }).toEqual({
      code,
      ok: true,
    });
  }
});

test("ARCHITECTURE.md shows the rooms of rooms.json", () => {
  expect(withRooms(read("ARCHITECTURE.md"))).toBe(read("ARCHITECTURE.md"));
});

test("docs/registries.md shows what the checks refuse", () => {
  expect(withTargets(read("docs/registries.md"))).toBe(read("docs/registries.md"));
});

test("docs/playbooks.md lists what the checks allow", () => {
  expect(read("docs/playbooks.md")).toBe(playbooksPage());
});
