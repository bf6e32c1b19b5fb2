/**
 * One or several LinuxKit files taken apart: every item with its place, so that rules which look at all of
 * them still point into the file that somebody wrote. Items that are malformed are left out. Pure.
 */
import type { z } from "zod";
import type { Code } from "../../core/faults";
import {
  type Finding,
  findingIn,
  type FindingParts,
  type NamedLists,
  valueAt,
  type ValuePath,
} from "../../core/finding";
import type { YamlDocument } from "../../core/yaml-document";
import type { Container } from "./schema/container";
import { type ImageFile, ITEMS, type Kernel, type Volume } from "./schema/linuxkit-file";

/** A value and where it stands. */
export interface Placed<T> {
  readonly document: YamlDocument;
  readonly at: ValuePath;
  readonly value: T;
}

/** Lists of containers, in the order in which they run. */
export const CONTAINER_LISTS = ["onboot", "onshutdown", "services"] as const;

/** A container, and which list it is in. */
export type PlacedContainer = Placed<Container> & {
  readonly list: (typeof CONTAINER_LISTS)[number];
};

/** See the header. */
export interface Parts {
  /** One a file that has one, in the order of the files. */
  readonly kernels: readonly Placed<Partial<Kernel>>[];
  readonly init: readonly Placed<string>[];
  readonly containers: readonly PlacedContainer[];
  readonly volumes: readonly Placed<Volume>[];
  readonly files: readonly Placed<ImageFile>[];
  readonly trust: readonly Placed<unknown>[];
  /** Names of all containers, the malformed ones too. */
  readonly names: ReadonlySet<string>;
}

/** A finding, and the file that it is about. */
export interface Found {
  readonly document: YamlDocument;
  readonly finding: Finding;
}

const NAMED: NamedLists = {
  onboot: { word: "onboot", by: "name" },
  onshutdown: { word: "onshutdown", by: "name" },
  services: { word: "service", by: "name" },
  volumes: { word: "volume", by: "name" },
  files: { word: "file", by: "path" },
};

/** Makes a finding in the words of LinuxKit files. */
export function fileFinding(
  code: Code,
  at: ValuePath,
  root: unknown,
  parts: FindingParts,
): Finding {
  return findingIn(NAMED, code, at, root, parts);
}

/** A finding about something in a placed value; `below` leads from the value to what is meant. */
export function found(
  code: Code,
  { document, at }: Placed<unknown>,
  below: ValuePath,
  parts: FindingParts,
): Found {
  return { document, finding: fileFinding(code, [...at, ...below], document.root, parts) };
}

/** Takes files apart, in their order. */
export function partsOf(documents: readonly YamlDocument[]): Parts {
  const items = <S extends z.ZodType>(list: string, schema: S): Placed<z.output<S>>[] =>
    documents.flatMap((it) => itemsOf(it, list, schema));
  const sections = (key: string): Placed<unknown>[] =>
    documents.flatMap((document) => {
      const value = valueAt(document.root, [key]);
      return value === undefined ? [] : [{ document, at: [key], value }];
    });
  return {
    kernels: sections("kernel").flatMap(kernelOf),
    init: items("init", ITEMS.init),
    containers: CONTAINER_LISTS.flatMap((list) =>
      items(list, ITEMS[list]).map((it) => ({ ...it, list })),
    ),
    volumes: items("volumes", ITEMS.volumes),
    files: items("files", ITEMS.files),
    trust: sections("trust"),
    names: new Set(documents.flatMap(namesOf)),
  };
}

function itemsOf<S extends z.ZodType>(
  document: YamlDocument,
  list: string,
  schema: S,
): Placed<z.output<S>>[] {
  const values = valueAt(document.root, [list]);
  if (!Array.isArray(values)) return [];
  return values.flatMap((item: unknown, index) => {
    const value = salvaged(schema, item);
    return value === undefined ? [] : [{ document, at: [list, index], value }];
  });
}

/** A kernel without the keys that are malformed. */
function kernelOf({ document, at, value }: Placed<unknown>): Placed<Partial<Kernel>>[] {
  if (typeof value !== "object" || value === null) return [];
  const texts = Object.entries(value).filter(([, it]) => typeof it === "string");
  return [{ document, at, value: Object.fromEntries(texts) }];
}

/** The item without its unknown keys; undefined when more than those is wrong. */
function salvaged<S extends z.ZodType>(schema: S, item: unknown): z.output<S> | undefined {
  const first = schema.safeParse(item);
  if (first.success) return first.data;
  const copy = structuredClone(item);
  for (const issue of first.error.issues) {
    if (issue.code !== "unrecognized_keys") return undefined;
    const owner = valueAt(copy, issue.path.map(String));
    if (typeof owner !== "object" || owner === null) return undefined;
    for (const key of issue.keys) Reflect.deleteProperty(owner, key);
  }
  return schema.safeParse(copy).data;
}

function namesOf({ root }: YamlDocument): string[] {
  return CONTAINER_LISTS.flatMap((list) => {
    const items = valueAt(root, [list]);
    const names: unknown[] = Array.isArray(items) ? items.map((it) => valueAt(it, ["name"])) : [];
    return names.filter((it) => typeof it === "string");
  });
}
