/**
 * User certificates of OpenSSH as data: who may log in, when, and with which key. Whether a CA signed them is the
 * server's to judge. Source: PROTOCOL.certkeys of OpenSSH. Pure.
 */
import { sshString } from "../../../core/ssh-key-pair";

/** How a type of key is offered and signs, by the type of its certificate. */
const TYPES: ReadonlyMap<string, CertificateType> = new Map<string, CertificateType>([
  ["ssh-ed25519-cert-v01@openssh.com", { plain: "ssh-ed25519", fields: 1 }],
  [
    "ssh-rsa-cert-v01@openssh.com",
    {
      ...{ plain: "ssh-rsa", fields: 2 },
      ...{ offered: "rsa-sha2-512-cert-v01@openssh.com", signs: "rsa-sha2-512", hash: "sha512" },
    },
  ],
  ["ecdsa-sha2-nistp256-cert-v01@openssh.com", { plain: "ecdsa-sha2-nistp256", fields: 2 }],
  ["ecdsa-sha2-nistp384-cert-v01@openssh.com", { plain: "ecdsa-sha2-nistp384", fields: 2 }],
  ["ecdsa-sha2-nistp521-cert-v01@openssh.com", { plain: "ecdsa-sha2-nistp521", fields: 2 }],
]);
const USER = 1;
const FOREVER = 2n ** 64n - 1n;

interface CertificateType {
  /** Type of the key itself. */
  readonly plain: string;
  /** Number of fields of the key. */
  readonly fields: number;
  /** Name of the algorithm in a login. @default - the certificate's type */
  readonly offered?: string;
  /** Name of the algorithm in a signature. @default - the key's type */
  readonly signs?: string;
  /** @default - what the key's type goes with */
  readonly hash?: "sha512";
}

/** See the header. */
export interface Certificate {
  /** As it travels. */
  readonly blob: Buffer;
  /** The key that it is for, as it travels. */
  readonly publicKey: Buffer;
  readonly offered: string;
  readonly signs: string;
  readonly hash: "sha512" | undefined;
  /** What the CA calls it. */
  readonly id: string;
  readonly isForUsers: boolean;
  /** Whom it lets in; none: anybody. */
  readonly principals: readonly string[];
  /** Seconds since 1970. */
  readonly from: bigint;
  readonly until: bigint;
}

/** Reads `TYPE BASE64 COMMENT`; undefined when it is no certificate that is known here. */
export function parseCertificateLine(line: string): Certificate | undefined {
  return parseCertificate(Buffer.from(line.trim().split(/\s+/)[1] ?? "", "base64"));
}

/** Reads a certificate as it travels. */
export function parseCertificate(blob: Buffer): Certificate | undefined {
  try {
    return read(blob);
  } catch {
    return undefined;
  }
}

function read(blob: Buffer): Certificate | undefined {
  const reader = new Reader(blob);
  const name = reader.string().toString();
  const type = TYPES.get(name);
  if (type === undefined) return undefined;
  reader.string();
  const fields = Array.from({ length: type.fields }, () => reader.string());
  reader.skip(8);
  const role = reader.uint32();
  const id = reader.string().toString();
  const principals = new Reader(reader.string()).strings();
  const [from, until] = [reader.uint64(), reader.uint64()];
  return {
    blob,
    publicKey: Buffer.concat([Buffer.from(type.plain), ...fields].map(sshString)),
    offered: type.offered ?? name,
    signs: type.signs ?? type.plain,
    hash: type.hash,
    id,
    isForUsers: role === USER,
    principals,
    from,
    until,
  };
}

/** Why a server may have refused a certificate, as far as it can be told from here. */
export function doubtsOf(certificate: Certificate, user: string, now: Date): string {
  const { id, isForUsers, principals, from, until } = certificate;
  const name = `the certificate ${JSON.stringify(id)}`;
  const seconds = BigInt(Math.floor(now.getTime() / 1000));
  if (!isForUsers) return `${name} is one of hosts, not of users`;
  if (seconds >= until) return `${name} expired at ${timeOf(until)}`;
  if (seconds < from) return `${name} is not valid before ${timeOf(from)}`;
  if (principals.length === 0) return `${name} names no user, and servers want one named`;
  if (!principals.includes(user)) return `${name} is for ${principals.join(", ")}`;
  const end = until === FOREVER ? "for ever" : `until ${timeOf(until)}`;
  return `${name} is for ${principals.join(", ")}, valid ${end}: the server may not trust its CA`;
}

function timeOf(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? `second ${seconds}` : date.toISOString();
}

/** Reads one field after the other. */
export class Reader {
  #at = 0;

  /** @param bytes - what is read */
  constructor(readonly bytes: Buffer) {}

  /** @throws RangeError where the bytes end before */
  string(): Buffer {
    const length = this.uint32();
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  /** All that are left, as texts. */
  strings(): string[] {
    const found: string[] = [];
    while (this.#at < this.bytes.length) found.push(this.string().toString());
    return found;
  }

  /** Four bytes. */
  uint32(): number {
    return this.bytes.readUInt32BE(this.skip(4));
  }

  /** Eight bytes. */
  uint64(): bigint {
    return this.bytes.readBigUInt64BE(this.skip(8));
  }

  /** Leaves bytes out; where they began. */
  skip(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.bytes.length) throw new RangeError("the bytes end too early");
    return start;
  }
}
