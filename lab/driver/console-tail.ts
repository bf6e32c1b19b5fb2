/** The end of a machine's console file, for messages. */
import { open } from "node:fs/promises";

const TAIL_BYTES = 4_096;
const TAIL_LINES = 5;

/** The last lines in one, without control characters; empty when there is no file. */
export async function readConsoleTail(file: string): Promise<string> {
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return "";
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    await handle.read(bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes.toString("utf8").split(/[\r\n]+/);
    const printable = lines.map((it) => it.replace(/\p{Cc}/gu, "").trim());
    return printable
      .filter((it) => it !== "")
      .slice(-TAIL_LINES)
      .join(" | ");
  } finally {
    await handle.close();
  }
}
