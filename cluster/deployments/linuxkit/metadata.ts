/**
 * User data as LinuxKit's metadata package unpacks it: a tree of files below /run/config. Pure. Source:
 * linuxkit/linuxkit, docs/metadata.md and pkg/metadata/main.go at 3bf33c3a.
 */
import type { FaultParts } from "../../../core/faults";
import { isMapping } from "../../../core/mapping";
import type { ValuePath } from "../../finding";

/** A file, or a folder of entries. */
export type MetadataEntry =
  | { readonly content: string; readonly perm?: string }
  | { readonly entries: MetadataTree; readonly perm?: string };

/** Entries by name. */
export type MetadataTree = Readonly<Record<string, MetadataEntry>>;

/** What is wrong with an entry, and where. */
export interface MetadataFault {
  readonly at: ValuePath;
  /** Whether its name is meant. */
  readonly key?: true;
  readonly parts: FaultParts;
}

/** Written by the package itself, or for every node. */
const TAKEN: Readonly<Record<string, string>> = {
  provider: "the metadata package writes it",
  userdata: "the metadata package writes it",
  hostname: "every node gets its name",
};
const KEYS = ["content", "entries", "perm"];

/** Everything that the package would skip, or write elsewhere. */
export function metadataFaults(tree: unknown, at: ValuePath = [], top = true): MetadataFault[] {
  if (!isMapping(tree)) return [{ at, parts: { problem: "entries are a mapping by name" } }];
  return Object.entries(tree).flatMap(([name, entry]): MetadataFault[] => {
    const here = [...at, name];
    const taken = top && Object.hasOwn(TAKEN, name) ? TAKEN[name] : undefined;
    const wrongName = taken ?? (isName(name) ? undefined : "a name is one step of a path");
    return [
      ...(wrongName === undefined
        ? []
        : [{ at: here, key: true as const, parts: { problem: `${wrongName}:`, given: name } }]),
      ...entryFaults(entry, here),
    ];
  });
}

function entryFaults(entry: unknown, at: ValuePath): MetadataFault[] {
  if (!isMapping(entry)) {
    return [{ at, parts: { problem: "an entry has content or entries" } }];
  }
  const { content, entries, perm } = entry;
  const unknown = Object.keys(entry).filter((key) => !KEYS.includes(key));
  return [
    ...unknown.map((given) => ({
      at: [...at, given],
      key: true as const,
      parts: { problem: "an entry has no key", given, allowed: KEYS },
    })),
    ...((content === undefined) === (entries === undefined)
      ? [{ at, parts: { problem: "an entry has either content or entries" } }]
      : []),
    ...(content === undefined || typeof content === "string"
      ? []
      : [{ at: [...at, "content"], parts: { problem: "content is text, not", given: content } }]),
    ...(perm === undefined || (typeof perm === "string" && /^[0-7]{1,4}$/.test(perm))
      ? []
      : [
          {
            at: [...at, "perm"],
            parts: { problem: "perm is text of octal digits, not", given: perm },
          },
        ]),
    ...(entries === undefined ? [] : metadataFaults(entries, [...at, "entries"], false)),
  ];
}

/** Both trees as one: folders are joined, and of a file the second wins. */
export function mergeMetadata(first: MetadataTree, second: MetadataTree): MetadataTree {
  const both = Object.entries(second).map(([name, entry]) => {
    const before = Object.hasOwn(first, name) ? first[name] : undefined;
    if (before === undefined || !("entries" in before) || !("entries" in entry))
      return [name, entry] as const;
    return [
      name,
      { ...before, ...entry, entries: mergeMetadata(before.entries, entry.entries) },
    ] as const;
  });
  return { ...first, ...Object.fromEntries(both) };
}

function isName(name: string): boolean {
  return !["", ".", ".."].includes(name) && !/[/\0\n]/.test(name);
}
