/**
 * The door for cluster files: YAML in, typed values out, every fault at once with line and column.
 * Reads the file and those that it refers to; opens no socket and writes nothing.
 */
import path from "node:path";
import { Bug, fault, type Fault, throwIfAny, UserFault } from "../core/faults";
import type { Environment } from "../core/folders";
import type { Catalogue } from "./catalogue";
import { checkCluster } from "./check";
import type { ClusterConfig } from "./config";
import { YamlDocument } from "../core/yaml-document";
import type { Finding } from "./finding";
import { findingsOf } from "./issues";
import { type PathBase, readText } from "./references";
import { readReferences } from "./read-references";
import { salvage } from "./salvage";
import { clusterSchema, type ParsedCluster } from "./schema";
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
  if (document.root === undefined) throw new UserFault(sorted(document.faults, file));
  const base = {
    folder: path.dirname(absolute),
    home: options.environment.HOME ?? options.environment.USERPROFILE,
  };
  const { config, findings } = judge(document.root, base, options.catalogue);
  // What is wrong in another file has its position there.
  const place = (it: Finding): Fault => (it.fault.position ? it.fault : document.place(it));
  const isWarning = ({ severity }: Finding): boolean => severity === "warning";
  const faults = findings.filter((it) => !isWarning(it)).map(place);
  throwIfAny(sorted([...document.faults, ...faults], file));
  if (config === undefined) throw new Bug("a cluster file is wrong, and nothing says why");
  return { config, warnings: sorted(findings.filter(isWarning).map(place), file) };
}

interface Judged {
  /** Undefined when the content does not have the format's shape. */
  readonly config?: ClusterConfig;
  readonly findings: readonly Finding[];
}

function judge(root: unknown, base: PathBase, catalogue: Catalogue): Judged {
  const schema = clusterSchema(catalogue);
  const parsed = schema.safeParse(root);
  if (parsed.success) return complete(parsed.data, base, catalogue);
  const { issues } = parsed.error;
  const malformed = findingsOf(issues, schema, root);
  const rest = salvage(root, issues);
  const again = schema.safeParse(rest.root);
  if (!again.success) return { findings: malformed };
  const { findings } = complete(again.data, base, catalogue);
  return { findings: [...malformed, ...findings.flatMap((it) => rest.restore(it) ?? [])] };
}

function complete(parsed: ParsedCluster, base: PathBase, catalogue: Catalogue): Judged {
  const spec = settle(parsed, catalogue);
  const { config, findings } = readReferences(spec, base, catalogue);
  return { config, findings: [...checkCluster(spec, catalogue), ...findings] };
}

/** In the order of the file, then those of files that it names; what is said twice of one place only once. */
function sorted(faults: readonly Fault[], file: string): Fault[] {
  const at = ({ position }: Fault): number =>
    (position?.line ?? 0) * 100_000 + (position?.column ?? 0);
  const others = [...new Set(faults.map((it) => it.position?.file ?? file))];
  const rank = ({ position }: Fault): number =>
    position === undefined || position.file === file ? -1 : others.indexOf(position.file);
  const named = new Map(
    faults.map((it) => [`${it.code} ${rank(it)} ${at(it)} ${String(it.given)}`, it]),
  );
  return [...named.values()].sort((a, b) => rank(a) - rank(b) || at(a) - at(b));
}
