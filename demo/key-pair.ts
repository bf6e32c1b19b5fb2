/** The demo's own SSH key: made once a demo, removed with it. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { newSshKeyPair } from "../core/ssh-key-pair";
import type { DemoFiles } from "./settings";

/** Makes the key pair unless it is there. */
export function ensureKeyPair({ folder, privateKey, publicKey }: DemoFiles): void {
  if (existsSync(privateKey) && existsSync(publicKey)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pair = newSshKeyPair();
  writeFileSync(privateKey, pair.privateKey, { mode: 0o600 });
  writeFileSync(publicKey, `${pair.publicKey} armstead-demo\n`);
}
