/** Files of the machine that runs the plays: the door through which `fetch` writes. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import type { SavedFile } from "./module";

/**
 * Writes a file whole, beside the old one first, unless it is the same already. An old one keeps its mode, and a link leads
 * where it led.
 * @param file - absolute, below the home folder (`~/`), or relative to `folder`
 * @throws what the file system says
 */
export async function saveLocal(
  file: string,
  content: Buffer,
  folder: string = process.cwd(),
): Promise<SavedFile> {
  const at = path.resolve(
    folder,
    file.replace(/^~(?=\/|$)/, () => homedir()),
  );
  const found = await stat(at).catch(() => undefined);
  if (found?.isDirectory() === true) return { path: at, outcome: "folder" };
  if (found?.size === content.byteLength && (await readFile(at)).equals(content)) {
    return { path: at, outcome: "same" };
  }
  await mkdir(path.dirname(at), { recursive: true });
  await write(await realpath(at).catch(() => at), content, found?.mode);
  return { path: at, outcome: "written" };
}

async function write(at: string, content: Buffer, mode: number | undefined): Promise<void> {
  const temporary = `${at}.${randomBytes(6).toString("hex")}~`;
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(content);
      if (mode !== undefined) await handle.chmod(mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, at);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
