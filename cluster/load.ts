/**
 * The door for cluster files: YAML in, typed values out, every fault at once with line and column.
 * Reads the file and those that it refers to; opens no socket and writes nothing.
 */
import path from "node:path";
import { fault, type Fault, throwIfAny, UserFault } from "../core/faults";
import type { Environment } from "../core/folders";
import type { Catalogue } from "./catalogue";
import { checkCluster } from "./check";
import type { ClusterConfig, ClusterSpec } from "./config";
import { YamlDocument } from "./document";
import type { Finding } from "./finding";
import { findingsOf } from "./issues";
import { readText } from "./references";
import { readReferences } from "./read-references";
import { clusterSchema } from "./schema";
import { settle } from "./settle";

/** What loading needs beside the file. */
export interface LoadOptions {
  readonly catalogue: Catalogue;
  /** For `~`. */
  readonly environment: Environment;
  /** Absolute folder that the file's own path counts from. */
  readonly folder: string;
}

/** A loaded cluster file. */
export interface LoadedCluster {
  readonly config: ClusterConfig;
  /** What deserves a word, and stops nothing. */
  readonly warnings: readonly Fault[];
}

/**
 * Loads a cluster file.
 * @param file - path, as the user named it: faults show it like this
 * @param options - images and deployments on offer, environment, current folder
 * @throws {@link UserFault} AS12… with every fault, in the order of the file
 */
export function loadCluster(file: string, options: LoadOptions): LoadedCluster {
  const absolute = path.resolve(options.folder, file);
  const text = readText(absolute, file);
  if (text.kind === "wrong") throw new UserFault([fault(text.code, "", text.parts)]);
  const document = new YamlDocument(file, text.value);
  const schema = clusterSchema(options.catalogue);
  if (document.root === undefined) throw new UserFault(document.faults);
  const parsed = schema.safeParse(document.root);
  if (!parsed.success) {
    const found = findingsOf(parsed.error.issues, schema, document.root);
    throw new UserFault(sorted([...document.faults, ...found.map((it) => document.place(it))]));
  }
  const spec = settle(parsed.data, options.catalogue);
  const home = options.environment.HOME ?? options.environment.USERPROFILE;
  const { config, findings } = complete(spec, { folder: path.dirname(absolute), home }, options);
  const isWarning = ({ severity }: Finding): boolean => severity === "warning";
  const faults = findings.filter((it) => !isWarning(it)).map((it) => document.place(it));
  throwIfAny(sorted([...document.faults, ...faults]));
  return { config, warnings: sorted(findings.filter(isWarning).map((it) => document.place(it))) };
}

function complete(
  spec: ClusterSpec,
  base: Parameters<typeof readReferences>[1],
  { catalogue }: LoadOptions,
): { readonly config: ClusterConfig; readonly findings: readonly Finding[] } {
  const { config, findings } = readReferences(spec, base);
  return { config, findings: [...checkCluster(spec, catalogue), ...findings] };
}

/** In the order of the file; equal ones once. */
function sorted(faults: readonly Fault[]): Fault[] {
  const at = ({ position }: Fault): number =>
    (position?.line ?? 0) * 100_000 + (position?.column ?? 0);
  return [...faults].sort((a, b) => at(a) - at(b));
}
