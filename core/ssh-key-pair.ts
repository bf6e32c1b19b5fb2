/** Ed25519 key pairs in the forms that OpenSSH reads (PROTOCOL.key of OpenSSH, RFC 4253, RFC 8709). */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { Bug } from "./faults";

/** A key pair as text. */
export interface SshKeyPair {
  /** One line without a comment. */
  readonly publicKey: string;
  /** Without a passphrase. */
  readonly privateKey: string;
}

const TYPE = "ssh-ed25519";
const MAGIC = "openssh-key-v1\0";
/** The private part is filled up with 1, 2, 3, … to a multiple of this. */
const BLOCK = 8;
const LINE = 70;

/** Makes a key pair. ssh2's own generator drops zero bytes: one of two hundred keys that it makes is none. */
export function newSshKeyPair(): SshKeyPair {
  return sshKeyPair(generateKeyPairSync("ed25519").privateKey);
}

/** An ed25519 key in OpenSSH's form. */
export function sshKeyPair(key: KeyObject): SshKeyPair {
  const { seed, point } = ed25519Halves(key);
  const wire = Buffer.concat([sshString(TYPE), sshString(point)]);
  // Two equal numbers show whether a passphrase was right: there is none.
  const check = sshUint32(0);
  const fields = [check, check, wire, sshString(Buffer.concat([seed, point])), sshString("")];
  const section = padded(Buffer.concat(fields));
  const whole = Buffer.concat([
    Buffer.from(MAGIC),
    ...["none", "none", ""].map(sshString),
    sshUint32(1),
    sshString(wire),
    sshString(section),
  ]);
  const lines = whole.toString("base64").match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return {
    publicKey: `${TYPE} ${wire.toString("base64")}`,
    privateKey: [
      "-----BEGIN OPENSSH PRIVATE KEY-----",
      ...lines,
      "-----END OPENSSH PRIVATE KEY-----",
      "",
    ].join("\n"),
  };
}

/** Its private and its public half, 32 bytes each. */
export function ed25519Halves(key: KeyObject): { readonly seed: Buffer; readonly point: Buffer } {
  const { d, x } = key.export({ format: "jwk" });
  if (d === undefined || x === undefined) throw new Bug("the key is not a private ed25519 key");
  return { seed: Buffer.from(d, "base64url"), point: Buffer.from(x, "base64url") };
}

/** Bytes behind their length, as SSH writes them. */
export function sshString(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([sshUint32(bytes.length), bytes]);
}

/** A number in four bytes. */
export function sshUint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function padded(section: Buffer): Buffer {
  const missing = (BLOCK - (section.length % BLOCK)) % BLOCK;
  return Buffer.concat([section, Buffer.from(Array.from({ length: missing }, (_, at) => at + 1))]);
}
