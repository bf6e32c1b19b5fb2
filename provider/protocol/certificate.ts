/**
 * A self-signed certificate for one run of the provider, for the name that Terraform checks:
 * `localhost`, whatever the socket. Written as DER by hand: it takes 5 ms and no library.
 */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import * as asn from "./der";

/** A certificate and its key. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  /** PKCS #8, PEM. */
  readonly keyPem: string;
}

const NAME = "localhost";
/** Terraform refuses a certificate from the future, and clocks of two processes may differ. */
const BACKDATED_MS = 60_000;
const LIFETIME_MS = 365 * 86_400_000;
const DNS_NAME_TAG = 0x82;
/** digitalSignature and keyCertSign: bits 0 and 5, so two bits of the byte are unused. */
const KEY_USAGE = asn.bits(Buffer.from([0b1000_0100]), 2);
const OID = {
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  commonName: "2.5.4.3",
  subjectAltName: "2.5.29.17",
  keyUsage: "2.5.29.15",
  basicConstraints: "2.5.29.19",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
} as const;

/**
 * Makes a certificate with a new P-256 key.
 * @param now - milliseconds since 1970
 */
export function makeCertificate(now: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = asn.sequence(asn.objectId(OID.ecdsaWithSha256));
  const name = asn.sequence(asn.set(asn.sequence(asn.objectId(OID.commonName), asn.utf8(NAME))));
  const body = asn.sequence(
    asn.explicit(0, asn.positiveInteger(Buffer.from([2]))), // X.509 version 3
    asn.positiveInteger(serialNumber()),
    algorithm,
    name,
    asn.sequence(asn.time(now - BACKDATED_MS), asn.time(now + LIFETIME_MS)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    asn.explicit(3, extensions()),
  );
  const certificate = asn.sequence(body, algorithm, asn.bits(sign("sha256", body, privateKey)));
  return {
    der: certificate,
    pem: toPem(certificate),
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function extensions(): Buffer {
  const isAuthority = asn.sequence(asn.TRUE);
  const usages = asn.sequence(asn.objectId(OID.serverAuth), asn.objectId(OID.clientAuth));
  const names = asn.sequence(asn.der(DNS_NAME_TAG, Buffer.from(NAME)));
  return asn.sequence(
    asn.sequence(asn.objectId(OID.basicConstraints), asn.TRUE, asn.octets(isAuthority)),
    asn.sequence(asn.objectId(OID.keyUsage), asn.TRUE, asn.octets(KEY_USAGE)),
    asn.sequence(asn.objectId(OID.extendedKeyUsage), asn.octets(usages)),
    asn.sequence(asn.objectId(OID.subjectAltName), asn.octets(names)),
  );
}

/** 127 random bits with the highest set: positive, and never a leading zero byte. */
function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  return serial;
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
