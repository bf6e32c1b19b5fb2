/** MessagePack with Terraform's extensions: 0 is unknown, 12 unknown with refinements. */
import { Decoder, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import { UNKNOWN, Unknown } from "./unknown";

const PLAIN_UNKNOWN = 0;
const REFINED_UNKNOWN = 12;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: PLAIN_UNKNOWN,
  encode: (value) => (value instanceof Unknown && !value.refinements ? new Uint8Array(1) : null),
  decode: () => UNKNOWN,
});
extensionCodec.register({
  type: REFINED_UNKNOWN,
  encode: (value) => (value instanceof Unknown ? (value.refinements ?? null) : null),
  // Copied, since the bytes lie in the buffer of the whole message.
  decode: (data) => new Unknown(Uint8Array.from(data)),
});
const decoder = new Decoder({ extensionCodec, useBigInt64: true });
const encoder = new Encoder({ extensionCodec, useBigInt64: true });

/**
 * Bytes → JavaScript: 64-bit integers as bigint, binary as bytes.
 * @throws Error when the bytes are none, or a map has the key `__proto__`
 */
export function decodeMsgpack(data: Uint8Array): unknown {
  return decoder.decode(data);
}

/** JavaScript → bytes. */
export function encodeMsgpack(value: unknown): Uint8Array {
  return encoder.encode(value);
}
