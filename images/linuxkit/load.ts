/**
 * The door for LinuxKit files: YAML in, one typed image out, every fault at once with file, line and
 * column. Reads nothing by itself: the caller has the texts.
 */
import { type Fault, throwIfAny } from "../../core/faults";
import type { Finding } from "../../core/finding";
import { type Dialect, issueFindings } from "../../core/schema-issues";
import { YamlDocument } from "../../core/yaml-document";
import { mergeLinuxkit } from "./merge";
import { fileFinding, type Found, partsOf } from "./parts";
import { checkContainers } from "./rules/containers";
import { checkFiles } from "./rules/files";
import { checkIsolation } from "./rules/isolation";
import { checkKernel } from "./rules/kernel";
import { checkMounts } from "./rules/mounts";
import { checkReferences } from "./rules/references";
import { checkWhole } from "./rules/whole";
import { type LinuxkitFile, linuxkitFile } from "./schema/linuxkit-file";

/** A text and the name by which its faults call it. */
export interface LinuxkitText {
  /** Path as the user named it. */
  readonly name: string;
  /** YAML. */
  readonly text: string;
}

/** An image as LinuxKit files describe it. */
export interface LoadedLinuxkit {
  /** All files merged. */
  readonly image: LinuxkitFile;
  /** What deserves a word, and stops nothing. */
  readonly warnings: readonly Fault[];
}

const DIALECT: Dialect = { finding: fileFinding, notYet: {}, ownCodes: {} };

/**
 * Loads an image.
 * @param texts - one or more, in the order in which they are merged
 * @param part - whether something may be missing, as the result is merged with other files. Default: no
 * @throws UserFault AS12…, AS175… to AS177… with everything that is wrong
 */
export function loadLinuxkit(texts: readonly LinuxkitText[], part = false): LoadedLinuxkit {
  const documents = texts.map(({ name, text }) => new YamlDocument(name, text));
  const shapes = documents.map((it) => shapeOf(it));
  const findings = judge(documents, part);
  const isWarning = ({ finding }: Found): boolean => finding.severity === "warning";
  throwIfAny(
    documents.flatMap((document, n) =>
      sorted([
        ...document.faults,
        ...(shapes[n]?.faults ?? []),
        ...placed(
          findings.filter((it) => !isWarning(it)),
          document,
        ),
      ]),
    ),
  );
  return {
    image: mergeLinuxkit(shapes.map(({ file }) => file)),
    warnings: documents.flatMap((it) => sorted(placed(findings.filter(isWarning), it))),
  };
}

function judge(documents: readonly YamlDocument[], part: boolean): Found[] {
  const readable = documents.filter(({ root }) => root !== undefined && root !== null);
  const [first] = readable;
  if (!first) return [];
  const parts = partsOf(readable);
  // A file that cannot be read may have what is missing.
  const isWhole = !part && readable.length === documents.length;
  return [
    ...checkReferences(parts),
    ...checkKernel(parts),
    ...checkContainers(parts),
    ...checkIsolation(parts),
    ...checkMounts(parts),
    ...checkFiles(parts),
    ...(isWhole ? checkWhole(parts, first) : []),
  ];
}

function shapeOf(document: YamlDocument): {
  readonly file: LinuxkitFile;
  readonly faults: readonly Fault[];
} {
  if (document.root === undefined) return { file: {}, faults: [] };
  const parsed = linuxkitFile.safeParse(document.root);
  if (parsed.success) return { file: parsed.data, faults: [] };
  const found = issueFindings(parsed.error.issues, linuxkitFile, document.root, DIALECT);
  return { file: {}, faults: found.map((it: Finding) => document.place(it)) };
}

function placed(found: readonly Found[], document: YamlDocument): Fault[] {
  return found
    .filter((it) => it.document === document)
    .map(({ finding }) => document.place(finding));
}

/** In the order of the file. */
function sorted(faults: readonly Fault[]): Fault[] {
  const at = ({ position }: Fault): number =>
    (position?.line ?? 0) * 100_000 + (position?.column ?? 0);
  return [...faults].sort((a, b) => at(a) - at(b));
}
