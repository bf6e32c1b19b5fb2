/** The file by which clients find a running lab, and the token in it. */
import { randomBytes, randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  LAB_CONNECTION_FILE,
  type LabConnection,
  labConnectionSchema,
} from "../api/lab-connection";
import { OuterFault } from "../core/faults";
import { type LabContext, timestamp } from "./context";
import { inLabFolder } from "./folder-fault";
import { API_PREFIX } from "./http/api-server";

/** Marks the one key that the lab makes for its own clients. */
const OWN_KEY = "armstead lab";

/** How this lab is reached; makes its token at the first start, or when a user deleted it. */
export function connectionOf(context: LabContext): LabConnection {
  const { apiPort, nodePort } = context.settings();
  return {
    endpoint: `http://127.0.0.1:${apiPort}${API_PREFIX}`,
    token: ensureToken(context),
    pid: process.pid,
    driver: context.driver.kind,
    nodeServices: `http://127.0.0.1:${nodePort}`,
  };
}

/** Writes the file, readable by its owner only. @returns removes it */
export async function writeConnection(
  folder: string,
  connection: LabConnection,
): Promise<() => Promise<void>> {
  const file = path.join(folder, LAB_CONNECTION_FILE);
  // Clients read it while it is replaced, so it must never be seen half-written.
  await inLabFolder(folder, async () => {
    const text = `${JSON.stringify(connection, undefined, 2)}\n`;
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  });
  return () => rm(file, { force: true });
}

/** Reads the file of a folder; undefined when there is none, or it is not whole. */
export async function tryReadConnection(folder: string): Promise<LabConnection | undefined> {
  return (await readWhole(folder))?.data;
}

/**
 * Reads the file of a folder whose server runs; undefined when it is not written yet.
 * @throws OuterFault AS2412 when it is not what a lab writes
 */
export async function readConnection(folder: string): Promise<LabConnection | undefined> {
  const read = await readWhole(folder);
  if (read === undefined || read.success) return read?.data;
  const file = path.join(folder, LAB_CONNECTION_FILE);
  const problem = `the lab runs, but ${file} is not as it wrote it`;
  throw new OuterFault("AS2412", { problem }, { cause: read.error });
}

async function readWhole(
  folder: string,
): Promise<ReturnType<typeof labConnectionSchema.safeParse> | undefined> {
  const file = path.join(folder, LAB_CONNECTION_FILE);
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : labConnectionSchema.safeParse(tryParse(text));
}

function ensureToken({ store, clock }: LabContext): string {
  const known = store.apiKeys
    .all()
    .find((it) => it.description === OWN_KEY && it.projectId === undefined && !it.readOnly);
  if (known) return known.token;
  const now = timestamp(clock);
  const token = randomBytes(24).toString("base64url");
  store.apiKeys.put({
    id: randomUUID(),
    token,
    description: OWN_KEY,
    readOnly: false,
    createdAt: now,
    updatedAt: now,
  });
  return token;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
