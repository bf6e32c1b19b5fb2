/** Private keys that a command line names. */
import path from "node:path";
import { readText } from "../cluster/references";
import { fault, UserFault } from "../core/faults";
import { Secret } from "../core/secret";
import { CERTIFICATE_ENDING, CertifiedKey } from "../playbooks/certified-key";

/** Reads a private key, with the certificate beside it as ssh does. @throws UserFault AS1001 when the file cannot be read */
export function readKey(file: string, folder: string): Secret {
  const read = readText(path.resolve(folder, file), file);
  if (read.kind === "wrong") throw new UserFault([fault("AS1001", "", read.parts)]);
  const certificate = readText(path.resolve(folder, `${file}${CERTIFICATE_ENDING}`), file);
  if (certificate.kind === "wrong") return new Secret(read.value);
  return new CertifiedKey(read.value, certificate.value);
}
