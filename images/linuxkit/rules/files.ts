/** Rules of files that are put into an image. Pure. */
import { type Found, found, type Parts, type Placed } from "../parts";
import type { ImageFile } from "../schema/linuxkit-file";

/** A node mounts memory over these when it starts. */
const COVERED = ["var", "run", "tmp"];

/** See the header. */
export function checkFiles({ files }: Parts): Found[] {
  const seen = new Set<string>();
  return files.flatMap((it): Found[] => {
    const { path: given } = it.value;
    const path = given.replace(/^\//, "");
    if (!isInside(path)) return [found("AS1771", it, ["path"], { given }), ...checkKind(it)];
    const isRepeated = seen.has(path);
    seen.add(path);
    const isCovered = COVERED.includes(path.split("/")[0] ?? "");
    return [
      ...checkKind(it),
      ...(isRepeated ? [found("AS1773", it, ["path"], { severity: "warning", given })] : []),
      ...(isCovered ? [found("AS1772", it, ["path"], { severity: "warning", given })] : []),
    ];
  });
}

function isInside(path: string): boolean {
  const steps = path.replace(/\/$/, "").split("/");
  return steps.every((it) => !["", ".", ".."].includes(it)) && !path.includes("\0");
}

function checkKind(it: Placed<ImageFile>): Found[] {
  const {
    directory,
    symlink = "",
    contents,
    source = "",
    metadata = "",
    mode,
    optional,
  } = it.value;
  const kinds = [
    ...(directory === true ? ["directory"] : []),
    ...(symlink === "" ? [] : ["symlink"]),
    ...(contents === undefined ? [] : ["contents"]),
    ...(source === "" ? [] : ["source"]),
    ...(metadata === "" ? [] : ["metadata"]),
  ];
  return [
    ...(kinds.length === 0
      ? [found("AS1770", it, ["path"], { problem: "the file has no content" })]
      : []),
    ...kinds.slice(1).map((kind) =>
      found("AS1770", it, [kind], {
        key: true,
        problem: `the file is ${kinds[0] ?? ""} already, and cannot be ${kind} too`,
      }),
    ),
    ...(mode === undefined || /^[0-7]{1,4}$/.test(mode)
      ? []
      : [found("AS1769", it, ["mode"], { given: mode })]),
    ...(optional === true && kinds[0] !== undefined && kinds[0] !== "source"
      ? [
          found("AS1761", it, ["optional"], {
            key: true,
            severity: "warning",
            problem: `optional has no effect beside ${kinds[0]}`,
          }),
        ]
      : []),
  ];
}
