/** The passphrase of private keys: from a file, the environment, or a person at a terminal, as ssh asks. */
import path from "node:path";
import { readText } from "../cluster/references";
import { fault, UserFault } from "../core/faults";
import { Secret } from "../core/secret";
import { needsPassphrase, readLoginKey } from "../playbooks/runner/transport/login-key";
import { askHidden, type HiddenInput } from "./ask-hidden";
import type { CommandContext } from "./context";

/** How often a person may try, as with ssh. */
const TRIES = 3;

/** What is asked for. */
export interface PassphraseWanted {
  /** Keys that may need it. */
  readonly keys: readonly Secret[];
  /** File with it; a line break at its end does not count. */
  readonly file: string | undefined;
}

/**
 * Finds the passphrase; a terminal is used only where a key needs one.
 * @throws UserFault AS1001 when the file cannot be read
 */
export async function findPassphrase(
  { keys, file }: PassphraseWanted,
  {
    environment,
    folder,
    err,
    signal,
  }: Pick<CommandContext, "environment" | "folder" | "err" | "signal">,
  input: HiddenInput = process.stdin,
): Promise<Secret | undefined> {
  if (file !== undefined) return readPassphrase(file, folder);
  const { ARMSTEAD_SSH_PASSPHRASE: given } = environment;
  if (given) return new Secret(given);
  const locked = keys.filter(needsPassphrase);
  if (locked.length === 0 || input.isTTY !== true || err.isTTY !== true) return undefined;
  for (let tries = TRIES; ; tries -= 1) {
    const text = await askHidden("Passphrase of the private key: ", { input, output: err, signal });
    const passphrase = text === "" ? undefined : new Secret(text);
    if (tries === 1 || locked.every((it) => opens(it, passphrase))) return passphrase;
    err.write("That is not it.\n");
  }
}

function opens(key: Secret, passphrase: Secret | undefined): boolean {
  try {
    readLoginKey(key, passphrase);
    return true;
  } catch {
    return false;
  }
}

function readPassphrase(file: string, folder: string): Secret {
  const read = readText(path.resolve(folder, file), file);
  if (read.kind === "wrong") throw new UserFault([fault("AS1001", "", read.parts)]);
  return new Secret(read.value.replace(/\r?\n$/, ""));
}
