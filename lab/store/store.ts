/**
 * All that the lab knows: tables in memory over one journal on disk. Reads are plain function calls,
 * changes are atomic a turn of the event loop, and {@link Store.committed} says when they are safe.
 */
import path from "node:path";
import { z } from "zod";
import { OuterFault } from "../../core/faults";
import { inLabFolder } from "../folder-fault";
import { damage, Journal } from "./journal";
import * as records from "./records";
import { type Row, Table } from "./table";

/** Name of the store's file in the lab's folder. */
export const STATE_FILE = "state.jsonl";

/**
 * What the rows of the file mean. It grows when an older lab could not read them any more; a file that
 * says nothing is of the first format.
 */
const FORMAT = 1;
/** The first entry of a file. */
const formatSchema = z.tuple([z.literal("format"), z.int().positive()]);
/** Every other entry: table, id, row; no row removes. */
const entrySchema = z.tuple([z.string(), z.string(), z.unknown()]);

const FORMAT_ENTRY: z.output<typeof formatSchema> = ["format", FORMAT];

interface Kept {
  readonly name: string;
  load(id: string, row: unknown): boolean;
  snapshot(): unknown[];
}

/** See the module's header. */
export class Store {
  #journal: Journal | undefined;
  readonly #listeners = new Set<() => void>();
  #told = true;
  readonly #kept: Kept[] = [];

  readonly settings = this.#table("settings", records.settingsSchema, (it) => it.id);
  readonly projects = this.#table("projects", records.projectSchema, (it) => it.organizationId);
  readonly sshKeys = this.#table("ssh-keys", records.sshKeySchema, (it) => it.owner.id);
  readonly apiKeys = this.#table("api-keys", records.apiKeySchema, (it) => it.projectId ?? "");
  readonly devices = this.#table("devices", records.deviceSchema, (it) => it.projectId);
  readonly events = this.#table("events", records.eventSchema, (it) => it.deviceId);
  readonly ports = this.#table("ports", records.portSchema, (it) => it.deviceId);
  readonly assignments = this.#table("assignments", records.assignmentSchema, (it) => it.deviceId);
  readonly reservations = this.#table(
    "reservations",
    records.reservationSchema,
    (it) => it.projectId,
  );
  readonly vlans = this.#table("vlans", records.vlanSchema, (it) => it.projectId);
  readonly vlanBatches = this.#table("vlan-batches", records.vlanBatchSchema, (it) => it.portId);
  readonly batches = this.#table("batches", records.batchSchema, (it) => it.projectId);

  private constructor() {
    // Only open() makes one: a store without its journal would forget.
  }

  /**
   * Opens the store of a folder, or makes it.
   * @param folder - the lab's folder; must exist
   * @throws OuterFault AS2405 when it cannot be written, AS2410 when it is damaged, AS2411 when a newer
   * lab wrote it
   */
  static async open(folder: string): Promise<Store> {
    const store = new Store();
    const snapshot = (): unknown[] => [FORMAT_ENTRY, ...store.#kept.flatMap((it) => it.snapshot())];
    const tables = new Map(store.#kept.map((it) => [it.name, it]));
    let known = 0;
    const load = (entry: unknown, place: string): void => {
      known += 1;
      const format = formatSchema.safeParse(entry);
      if (format.success) {
        mustKnow(format.data[1], place);
        return;
      }
      const read = entrySchema.safeParse(entry);
      const loaded = read.success && tables.get(read.data[0])?.load(read.data[1], read.data[2]);
      if (loaded !== true) throw damage(place);
    };
    const file = path.join(folder, STATE_FILE);
    store.#journal = await inLabFolder(folder, () => Journal.open(file, { snapshot, load }));
    if (known === 0) store.#journal.append(FORMAT_ENTRY);
    return store;
  }

  /**
   * Resolves when every change so far is on disk.
   * @throws OuterFault AS2405 when it cannot be written
   */
  async committed(): Promise<void> {
    await written(this.#journal?.flushed());
  }

  /** Calls back once after every turn of the event loop that changed something. @returns ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes what is left and closes the file. @throws as {@link committed} */
  async close(): Promise<void> {
    await written(this.#journal?.close());
  }

  #tell(): void {
    if (!this.#told || this.#listeners.size === 0) return;
    this.#told = false;
    queueMicrotask(() => {
      this.#told = true;
      for (const listener of this.#listeners) listener();
    });
  }

  #table<T extends Row>(name: string, schema: z.ZodType<T>, owner: (row: T) => string): Table<T> {
    const table = new Table<T>(name, owner, (id, row) => {
      this.#journal?.append([name, id, row ?? null]);
      this.#tell();
    });
    this.#kept.push({
      name,
      snapshot: () => table.all().map((row) => [name, row.id, row]),
      load: (id, value) => {
        if (value === null) return table.unload(id) || true;
        const read = schema.safeParse(value);
        if (read.success) table.load(read.data);
        return read.success;
      },
    });
    return table;
  }
}

async function written(writing: Promise<void> | undefined): Promise<void> {
  try {
    await writing;
  } catch (error) {
    throw new OuterFault("AS2405", {}, { cause: error });
  }
}

function mustKnow(format: number, place: string): void {
  if (format <= FORMAT) return;
  const problem = `${place} is of format ${format}, and this lab knows formats up to ${FORMAT}`;
  throw new OuterFault("AS2411", { problem });
}
