/** From a config's bytes to its text: gzip undone, size bounded, nothing but UTF-8. Pure. */
import { gunzipSync } from "node:zlib";
import { fault, type Fault } from "../../../core/faults";

/** Largest text: 8 MiB. Real ones have 0.3 MiB. */
export const CONFIG_LIMIT_BYTES = 8 * 1024 * 1024;

const TOO_LARGE = `it is larger than ${CONFIG_LIMIT_BYTES / 1024 / 1024} MiB`;

/** First bytes of what people give by mistake, and what to do instead. */
const MAGIC: readonly (readonly [bytes: readonly number[], hint: string])[] = [
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "it is compressed with xz: unpack it first (xz -dc)"],
  [[0x42, 0x5a, 0x68], "it is compressed with bzip2: unpack it first (bzip2 -dc)"],
  [[0x28, 0xb5, 0x2f, 0xfd], "it is compressed with zstd: unpack it first (zstd -dc)"],
  [[0x7f, 0x45, 0x4c, 0x46], "it is a program or a module"],
  [[0x4d, 0x5a], "it is a kernel: its config is a file of its own"],
];

/** The text, or why there is none. */
export function unpackConfig(content: Uint8Array, name: string): string | Fault {
  const wrong = (hint: string): Fault => fault("AS1701", "", { given: name, hint });
  if (content.length > CONFIG_LIMIT_BYTES) return wrong(TOO_LARGE);
  try {
    const bytes = isGzip(content)
      ? gunzipSync(content, { maxOutputLength: CONFIG_LIMIT_BYTES })
      : content;
    const hint = hintOf(bytes);
    if (hint !== undefined) return wrong(hint);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    return wrong(reasonOf(error));
  }
}

function isGzip(content: Uint8Array): boolean {
  return content[0] === 0x1f && content[1] === 0x8b;
}

function hintOf(bytes: Uint8Array): string | undefined {
  const known = MAGIC.find(([magic]) => magic.every((byte, index) => bytes[index] === byte));
  return known?.[1] ?? (bytes.includes(0) ? "it is not text" : undefined);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_BUFFER_TOO_LARGE") return TOO_LARGE;
  return code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "it is not text" : "its gzip is damaged";
}
