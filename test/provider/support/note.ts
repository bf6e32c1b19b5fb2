/** A small provider for tests: each note is a JSON file, and it touches every part of the life cycle. */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sleep } from "../../../core/bounded";
import { fault, OuterFault } from "../../../core/faults";
import { parseJson, stringifyJson } from "../../../provider/framework/lossless-json";
import type {
  Context,
  DataSource,
  Partially,
  Provider,
  Resource,
  WriteContext,
} from "../../../provider/framework/resource";
import { Unknown } from "../../../provider/framework/unknown";
import { Dynamic } from "../../../provider/protocol/dynamic";
import { serveProvider } from "../../../provider/serve-provider";

interface NotesClient {
  readonly folder: string;
}

interface Note {
  readonly id: string;
  readonly name: string;
  readonly text: string | null;
  readonly metro: string;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly labels: readonly string[] | null;
  readonly ratio: number | null;
  readonly extra: Dynamic | null;
  readonly layout: { readonly columns: number; readonly gap: number } | null;
  readonly secret: string | null;
  readonly secret_version: number | null;
  readonly revision: number;
  readonly fail: "before" | "after" | "half" | "hostile" | "leak" | "crash" | null;
  readonly delay_ms: number | null;
}

interface StoredNote extends Note {
  readonly secret_sha256: string | null;
}

const NOTE_SCHEMA = {
  id: { type: "string", computed: true, doc: "random" },
  name: { type: "string", required: true, replaces: true, doc: "name" },
  text: { type: "string", optional: true, computed: true, doc: "text" },
  metro: {
    type: "string",
    optional: true,
    computed: true,
    default: "da",
    same: (a, b) => String(a).toLowerCase() === String(b).toLowerCase(),
    doc: "case does not matter",
  },
  tags: { type: ["map", "string"], optional: true, doc: "tags" },
  labels: { type: ["set", "string"], optional: true, doc: "labels" },
  ratio: { type: "number", optional: true, doc: "ratio" },
  extra: { type: "dynamic", optional: true, doc: "anything" },
  layout: {
    nested: {
      nesting: "single",
      attributes: {
        columns: { type: "number", required: true, doc: "columns" },
        gap: { type: "number", optional: true, computed: true, default: 1, doc: "gap" },
      },
    },
    optional: true,
    doc: "layout",
  },
  secret: { type: "string", optional: true, writeOnly: true, doc: "secret" },
  secret_version: { type: "number", optional: true, doc: "raise to send the secret again" },
  revision: { type: "number", computed: true, changesOnUpdate: true, doc: "counts updates" },
  fail: { type: "string", optional: true, doc: "how to fail" },
  delay_ms: { type: "number", optional: true, doc: "how long to take" },
} satisfies Resource<NotesClient, Note>["schema"];

const LIMITS = { create: 60_000, read: 10_000, update: 60_000, delete: 10_000 };

const note: Resource<NotesClient, Note> = {
  type: "armstead_note",
  doc: "A note.",
  schema: NOTE_SCHEMA,
  timeLimits: LIMITS,
  validate({ layout }) {
    const columns = layout instanceof Unknown ? null : layout?.columns;
    return columns === 0
      ? [fault("AS1803", "layout.columns", { given: 0, allowed: "1 or more" })]
      : [];
  },
  create: (context, plan, config) =>
    save(context, { ...plan, id: randomUUID(), revision: 1 }, config),
  async read({ client }, state) {
    const found = await Promise.resolve(load(client, state.id));
    return found && { ...state, ...found };
  },
  update(context, plan, state, config) {
    const revision = (load(context.client, state.id)?.revision ?? 0) + 1;
    return save(context, { ...plan, id: state.id, revision }, config);
  },
  delete({ client }, { id }) {
    rmSync(fileOf(client, id), { force: true });
    return Promise.resolve();
  },
  importState: ({ client }, id) => Promise.resolve(load(client, id)),
};

const found: DataSource<NotesClient, { readonly id: string; readonly text: string | null }> = {
  type: "armstead_note",
  doc: "A note by id.",
  schema: {
    id: { type: "string", required: true, doc: "id" },
    text: { type: "string", computed: true, doc: "text" },
  },
  timeLimit: 10_000,
  read({ client }, { id }) {
    const text = load(client, id)?.text ?? null;
    return Promise.resolve({ id, text });
  },
};

/** The provider. */
export const notesProvider: Provider<NotesClient> = {
  schema: { folder: { type: "string", required: true, doc: "where the notes are" } },
  configure: ({ folder }) => Promise.resolve({ folder: path.resolve(String(folder)) }),
  resources: [note],
  dataSources: [found],
};

async function save(
  { client, keep, signal }: WriteContext<NotesClient, Note>,
  plan: Partially<Note>,
  { secret }: Note,
): Promise<Note> {
  if (plan.fail === "before") throw new OuterFault("AS2001", { problem: "asked to fail" });
  const made = { ...plan, ...(plan.text instanceof Unknown && { text: "no text" }) } as Note;
  const { secret: _, ...stored } = made;
  const hash = secret === null ? null : createHash("sha256").update(secret).digest("hex");
  mkdirSync(client.folder, { recursive: true });
  writeFileSync(fileOf(client, made.id), stringifyJson({ ...stored, secret_sha256: hash }));
  keep(made);
  if (plan.fail === "half") keep({ ...made, text: "half done" });
  if (plan.fail === "after" || plan.fail === "half")
    throw new Error("asked to fail after the write");
  if (plan.fail === "crash") {
    setTimeout(() => {
      throw new Error("thrown outside of any call");
    });
    await sleep(60_000, { signal });
  }
  if (plan.fail === "leak") throw new Error(`asked to tell ${secret}`);
  if (plan.fail === "hostile") return { ...made, revision: "three" as never };
  if (typeof plan.delay_ms === "number") await sleep(plan.delay_ms, { signal });
  return made;
}

function load(client: NotesClient, id: string): Note | undefined {
  const file = fileOf(client, id);
  if (!existsSync(file)) return undefined;
  const { secret_sha256: _, ...rest } = parseJson(readFileSync(file, "utf8")) as StoredNote;
  const { extra } = rest;
  return { ...rest, extra: extra && new Dynamic(extra.type, extra.value) };
}

function fileOf({ folder }: Context<NotesClient>["client"], id: string): string {
  return path.join(folder, `${id}.json`);
}

if (require.main === module) serveProvider(notesProvider, process.argv.slice(2));
