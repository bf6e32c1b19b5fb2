/** Private keys, opened once a run: the passphrase of a key makes that slow on purpose. */
import { createPrivateKey } from "node:crypto";
import { utils, type ParsedKey } from "ssh2";
import { describeError, OuterFault } from "../../../core/faults";
import type { Secret } from "../../../core/secret";

/** What was read of a key, and with which passphrase. */
interface Opened {
  readonly passphrase: string | undefined;
  readonly result: ParsedKey | Error;
}

const OPENED = new WeakMap<Secret, Opened>();

/** What the libraries say of keys that are encrypted, and of passphrases that do not open them. */
const LOCKED = /no passphrase given/i;
const WRONG = /bad passphrase|bad decrypt|integrity check failed|wrong final block length/i;
const LOCKED_PKCS8 = /^\s*-----BEGIN ENCRYPTED PRIVATE KEY-----/;
const PKCS8 = /^\s*-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/;

/**
 * A private key that can sign.
 * @throws OuterFault AS2206 for what is none, AS2215 when it needs a passphrase, AS2216 when that is wrong
 */
export function readLoginKey(key: Secret, passphrase?: Secret): ParsedKey {
  const parsed = open(key, passphrase?.reveal());
  if (parsed instanceof Error && LOCKED.test(parsed.message)) throw new OuterFault("AS2215");
  if (parsed instanceof Error && passphrase !== undefined && WRONG.test(parsed.message)) {
    throw new OuterFault("AS2216");
  }
  const trouble = parsed instanceof Error ? parsed.message : "this is a public key";
  if (parsed instanceof Error || !parsed.isPrivateKey()) {
    throw new OuterFault("AS2206", { problem: `the private key cannot be used: ${trouble}` });
  }
  return parsed;
}

/** Whether a key asks for a passphrase. */
export function needsPassphrase(key: Secret): boolean {
  const parsed = open(key, undefined);
  return parsed instanceof Error && LOCKED.test(parsed.message);
}

function open(key: Secret, passphrase: string | undefined): ParsedKey | Error {
  const before = OPENED.get(key);
  if (before?.passphrase === passphrase && before !== undefined) return before.result;
  const result = parse(key.reveal(), passphrase);
  OPENED.set(key, { passphrase, result });
  return result;
}

function parse(text: string, passphrase: string | undefined): ParsedKey | Error {
  const [isPkcs8, isLocked] = [PKCS8, LOCKED_PKCS8].map((it) => it.test(text));
  if (isPkcs8 !== true) return utils.parseKey(text, passphrase);
  if (isLocked === true && passphrase === undefined) return new Error("no passphrase given");
  try {
    // Only the older forms are known to the library, which Ed25519 has none of.
    const key = createPrivateKey({ key: text, passphrase });
    const type = key.asymmetricKeyType === "ec" ? "sec1" : "pkcs1";
    return utils.parseKey(key.export({ format: "pem", type }).toString());
  } catch (error) {
    const said = isLocked === true ? "bad passphrase" : describeError(error);
    return new Error(said, { cause: error });
  }
}
