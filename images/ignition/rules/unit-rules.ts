/** Rules about units and drop-ins of an Ignition config. Source: coreos/ignition, config/v3_4/types. Pure. */
import { type ConfigPath, doubtful, type Found, type Raw, textOf, wrong } from "../found";
import type { ValueRule } from "../shape";
import { isDropinName, isUnitName, parseUnitFile } from "../../../core/unit-file";

/** A unit's name and contents, and whether enabling it does anything. */
export const unitRule: ValueRule = (unit, place) => [
  ...judgeName(unit, place, isUnitName, "etcd.service, data.mount, backup.timer, …"),
  ...judgeContents(unit, place),
  ...judgeInstall(unit, place),
];

/** A drop-in's name and contents. */
export const dropinRule: ValueRule = (dropin, place) => [
  ...judgeName(dropin, place, isDropinName, "a name that ends in .conf"),
  ...judgeContents(dropin, place),
];

function judgeName(
  { name }: Raw,
  place: ConfigPath,
  isName: (name: string) => boolean,
  allowed: string,
): Found[] {
  return typeof name !== "string" || isName(name)
    ? []
    : [wrong("AS1513", [...place, "name"], { given: name, allowed })];
}

function judgeContents({ contents }: Raw, place: ConfigPath): Found[] {
  const text = textOf(contents);
  const parsed = text === undefined ? undefined : parseUnitFile(text);
  return parsed === undefined || "sections" in parsed
    ? []
    : [
        wrong("AS1514", [...place, "contents"], {
          problem: `line ${parsed.line}: ${parsed.problem}`,
        }),
      ];
}

function judgeInstall({ enabled, contents }: Raw, place: ConfigPath): Found[] {
  const text = textOf(contents);
  const parsed = text === undefined ? undefined : parseUnitFile(text);
  return enabled !== true ||
    parsed === undefined ||
    !("sections" in parsed) ||
    parsed.sections.includes("Install")
    ? []
    : [doubtful("AS1515", [...place, "enabled"])];
}
