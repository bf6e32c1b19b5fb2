/**
 * Logins with user certificates of OpenSSH, which the SSH library does not know: it takes objects of ours for keys, but
 * names in the signature the algorithm that it offered, where servers want that of the plain key. So the one packet
 * that holds a signature is written anew here, from the bytes that were signed. See docs/adr/0009-user-certificates.md.
 */
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import {
  BaseAgent,
  type Client,
  type IdentityCallback,
  OpenSSHAgent,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
  utils,
} from "ssh2";
import { Bug } from "../../../core/faults";
import { sshString } from "../../../core/ssh-key-pair";
import { type Certificate, parseCertificate, Reader } from "./certificate";

/** What the library writes packets with; it keeps it to itself. */
interface PacketWriter {
  readonly allocStart: number;
  alloc(size: number): Buffer;
  finalize: (packet: Buffer) => Buffer;
}

/** Certified keys of agents, by the objects that stand for them. */
const CERTIFIED = new WeakMap<object, Certificate>();

/** The key, offered by its certificate. */
export function certifiedKey(key: ParsedKey, certificate: Certificate, client: Client): ParsedKey {
  const sign = (data: Buffer): Buffer => {
    const made: unknown = key.sign(data, certificate.hash);
    // The library has errors of signing returned, not thrown, and expects it so.
    if (!Buffer.isBuffer(made)) return made as Buffer;
    const isEcdsa = certificate.signs.startsWith("ecdsa-");
    replaceNextPacket(client, signedRequest(data, certificate, isEcdsa ? plainEcdsa(made) : made));
    return made;
  };
  return standIn(key, certificate, { sign });
}

/** An object that the library takes for a key, since a real one is behind it. */
function standIn(key: ParsedKey, certificate: Certificate, more: object = {}): ParsedKey {
  const { offered, blob } = certificate;
  const own = { type: offered, getPublicSSH: () => blob, ...more };
  const made = Object.assign(Object.create(key) as ParsedKey, own);
  CERTIFIED.set(made, certificate);
  return made;
}

/** An agent whose answers nothing else waits for: one that hangs keeps no process up whose login was given up. */
class PatientAgent extends OpenSSHAgent {
  override getStream(done: (error?: Error | null, stream?: Duplex) => void): void {
    super.getStream((error, stream) => {
      if (stream instanceof Socket) stream.unref();
      done(error, stream);
    });
  }
}

/** An agent that offers its certificates too, each in its place. */
export class CertifyingAgent extends BaseAgent<ParsedKey> {
  readonly #agent: OpenSSHAgent;
  readonly #client: () => Client;
  readonly #offer: (certificate: Certificate) => void;

  /**
   * @param socket - its path
   * @param client - whose login it is
   * @param offer - is told of every certificate
   */
  constructor(socket: string, client: () => Client, offer: (certificate: Certificate) => void) {
    super();
    this.#agent = new PatientAgent(socket);
    this.#client = client;
    this.#offer = offer;
  }

  /** All keys and certificates, in the agent's order. */
  getIdentities(done: IdentityCallback<ParsedKey>): void {
    this.#agent.getStream((error, stream) => {
      if (error || !stream) {
        done(error ?? new Error("no agent"));
        return;
      }
      askIdentities(stream).then(
        (blobs) => {
          done(
            null,
            blobs.flatMap((it) => this.#keyOf(it)),
          );
        },
        (failed: unknown) => {
          done(failed instanceof Error ? failed : new Error(String(failed)));
        },
      );
    });
  }

  /** With SHA-2 where it is a certificate of an RSA key. */
  sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    const answer = typeof options === "function" ? options : (done ?? (() => undefined));
    const given = typeof options === "function" ? {} : options;
    const certificate = CERTIFIED.get(key);
    const { hash } = certificate ?? {};
    // The library asks for SHA-2 where the type is that of a plain RSA key.
    const asked = hash
      ? (Object.assign(Object.create(key), { type: "ssh-rsa" }) as ParsedKey)
      : key;
    this.#agent.sign(asked, data, hash ? { hash } : given, (error, signature) => {
      if (certificate && signature) {
        replaceNextPacket(this.#client(), signedRequest(data, certificate, signature));
      }
      answer(error, signature);
    });
  }

  #keyOf(blob: Buffer): ParsedKey[] {
    const certificate = parseCertificate(blob);
    const key = utils.parseKey(certificate?.publicKey ?? blob);
    if (key instanceof Error || !("getPublicSSH" in key)) return [];
    if (certificate) this.#offer(certificate);
    return [certificate ? standIn(key, certificate) : key];
  }
}

const REQUEST_IDENTITIES = Buffer.of(0, 0, 0, 1, 11);
const IDENTITIES_ANSWER = 12;

/** The library's own way leaves out what it does not know, certificates among them. */
async function askIdentities(stream: Duplex): Promise<Buffer[]> {
  stream.write(REQUEST_IDENTITIES);
  let seen: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    seen = Buffer.concat([seen, chunk]);
    if (seen.length >= 4 && seen.length >= 4 + seen.readUInt32BE(0)) break;
  }
  if (seen[4] !== IDENTITIES_ANSWER) throw new Error("the agent lists no keys");
  const reader = new Reader(seen.subarray(5));
  return Array.from({ length: reader.uint32() }, () => {
    const blob = reader.string();
    reader.string();
    return blob;
  });
}

/** The request as it was signed (RFC 4252, section 7), less the session's id, and the signature with its true name. */
function signedRequest(data: Buffer, { signs }: Certificate, signature: Buffer): Buffer {
  const session = data.readUInt32BE(0);
  const named = Buffer.concat([sshString(Buffer.from(signs)), sshString(signature)]);
  return Buffer.concat([data.subarray(4 + session), sshString(named)]);
}

/** Both numbers of a signature in DER as SSH has them. Lengths of P-521 take two bytes. */
function plainEcdsa(der: Buffer): Buffer {
  const start = der[1] === 0x81 ? 3 : 2;
  const middle = start + 2 + (der[start + 1] ?? 0);
  return Buffer.concat([
    sshString(der.subarray(start + 2, middle)),
    sshString(der.subarray(middle + 2)),
  ]);
}

function replaceNextPacket(client: Client, payload: Buffer): void {
  const writer = writerOf(client);
  const { finalize } = writer;
  writer.finalize = () => {
    writer.finalize = finalize;
    const packet = writer.alloc(payload.length);
    packet.set(payload, writer.allocStart);
    return finalize.call(writer, packet);
  };
}

/** Tried with version 1.17 of ssh2; of another one that has it elsewhere it is said here. */
function writerOf(client: Client): PacketWriter {
  const protocol: unknown = Reflect.get(client, "_protocol");
  const packets: unknown = Reflect.get(Object(protocol) as object, "_packetRW");
  const writer = Reflect.get(Object(packets) as object, "write") as
    Partial<PacketWriter> | undefined;
  const { alloc, finalize, allocStart } = writer ?? {};
  const isKnown =
    typeof alloc === "function" && typeof finalize === "function" && allocStart !== undefined;
  if (!isKnown) throw new Bug("this version of ssh2 writes packets in another way");
  return writer as PacketWriter;
}
