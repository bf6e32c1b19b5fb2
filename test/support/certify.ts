/** User certificates of a CA that a test's SSH server trusts. */
import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Secret } from "../../core/secret";
import { CertifiedKey } from "../../playbooks/certified-key";
import type { Sshd } from "./sshd";

/** A new key with a passphrase, which the server knows by its certificate alone. */
export function certify({ folder, user }: Sshd, passphrase: Secret): CertifiedKey {
  const keygen = (...words: string[]): void => {
    execFileSync("ssh-keygen", ["-q", ...words], { cwd: folder });
  };
  const read = (name: string): string => readFileSync(path.join(folder, name), "utf8");
  keygen("-t", "ed25519", "-N", "", "-f", "ca");
  keygen("-t", "ed25519", "-a", "1", "-N", passphrase.reveal(), "-f", "certified");
  keygen("-s", "ca", "-I", "of the test", "-n", user, "certified.pub");
  const line = `cert-authority ${read("ca.pub")}`;
  appendFileSync(path.join(folder, "auth", "authorized_keys"), line);
  return new CertifiedKey(read("certified"), read("certified-cert.pub"));
}
