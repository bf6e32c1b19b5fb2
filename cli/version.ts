/** The package's version, read from package.json: above the sources, or above dist/. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The version, such as `0.1.0`. */
export function packageVersion(): string {
  const near = path.join(__dirname, "..", "package.json");
  const file = existsSync(near) ? near : path.join(__dirname, "..", "..", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
