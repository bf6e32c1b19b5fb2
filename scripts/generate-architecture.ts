/** Puts the table and the diagram of rooms.json into ARCHITECTURE.md, so that the picture cannot rot. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import rooms from "../rooms.json";

const START = "<!-- rooms: generated from rooms.json by npm run generate -->";
const END = "<!-- end of rooms -->";

interface Room {
  readonly holds: string;
  readonly mayImport: readonly string[];
}

/** The table and the diagram. */
export function roomsSection(table: Readonly<Record<string, Room>> = rooms.rooms): string {
  const rows = Object.entries(table).map(
    ([name, { holds, mayImport }]) =>
      `| \`${name}\` | ${holds} | ${mayImport.includes("*") ? "any room" : mayImport.join(", ") || "nothing"} |`,
  );
  const arrows = Object.entries(table)
    .filter(([, { mayImport }]) => !mayImport.includes("*"))
    .flatMap(([name, { mayImport }]) =>
      mayImport.map((other) => `  ${node(name)} --> ${node(other.split("/")[0] ?? other)}`),
    );
  return [
    START,
    "",
    "| room | holds | may import |",
    "|---|---|---|",
    ...rows,
    "",
    "```mermaid",
    "flowchart BT",
    ...arrows,
    "```",
    "",
    END,
  ].join("\n");
}

/** The page with its generated part renewed. */
export function withRooms(page: string): string {
  const [before] = page.split(START);
  const [, after] = page.split(END);
  if (before === undefined || after === undefined)
    throw new Error("ARCHITECTURE.md has lost its markers");
  return `${before}${roomsSection()}${after}`;
}

function node(name: string): string {
  return name.replace(".", "_");
}

if (require.main === module) {
  const file = path.join(__dirname, "..", "ARCHITECTURE.md");
  writeFileSync(file, withRooms(readFileSync(file, "utf8")));
}
