/** Private keys that a command line names. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fault, UserFault } from "../core/faults";
import { Secret } from "../core/secret";

/** Reads a private key. @throws UserFault AS1001 when the file cannot be read */
export function readKey(file: string, folder: string): Secret {
  try {
    return new Secret(readFileSync(path.resolve(folder, file), "utf8"));
  } catch (error) {
    const hint = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new UserFault([fault("AS1001", "", { given: file, hint })]);
  }
}
