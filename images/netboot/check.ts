/** What is wrong with profiles and groups, all at once. Pure. */
import { fault, type Fault } from "../../core/faults";
import type { BootFiles, BootGroup, BootProfile } from "./boot-files";
import { missingInitrds } from "./initrd";
import { tryNormalizeMac } from "./mac";
import { brokenTexts } from "./metadata";
import { selectorText } from "./select-group";

/** Ids are names of files. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** What the server puts into metadata itself. */
const RESERVED = "request";

/** Judges boot files: AS1540 to AS1547. */
export function checkBootFiles({ profiles, groups }: BootFiles): readonly Fault[] {
  const ids = profiles.map(({ id }) => id);
  return [
    ...checkIds("profiles", profiles),
    ...checkIds("groups", groups),
    ...profiles.flatMap(checkProfile),
    ...groups.flatMap((it, index) => checkGroup(it, index, ids)),
    ...checkSelectors(groups),
  ];
}

function checkIds(list: string, items: readonly { readonly id: string }[]): Fault[] {
  return items.flatMap(({ id }, index) => {
    const at = `${list}[${index}].id`;
    const again = items.findIndex((it) => it.id === id) < index;
    return [
      ...(ID.test(id) ? [] : [fault("AS1540", at, { given: id })]),
      ...(again ? [fault("AS1541", at, { given: id })] : []),
    ];
  });
}

function checkProfile({ boot }: BootProfile, index: number): Fault[] {
  const at = `profiles[${index}].boot`;
  const texts = [boot.kernel, ...boot.initrd, ...boot.args];
  return [
    ...(boot.kernel === "" ? [fault("AS1545", `${at}.kernel`, { given: "" })] : []),
    // A line break would end the script's line, and begin one of its own.
    ...(texts.some((it) => /[\r\n\0]/.test(it)) ? [fault("AS1545", at)] : []),
    ...missingInitrds(boot).map((name) =>
      fault("AS1546", `${at}.args`, { hint: `add initrd=${name}` }),
    ),
  ];
}

function checkGroup(group: BootGroup, index: number, profiles: readonly string[]): Fault[] {
  const at = `groups[${index}]`;
  const macs = Object.entries(group.selector).filter(
    ([key, value]) => key.toLowerCase() === "mac" && tryNormalizeMac(value) === undefined,
  );
  return [
    ...(profiles.includes(group.profile)
      ? []
      : [fault("AS1542", `${at}.profile`, { given: group.profile, allowed: profiles })]),
    ...macs.map(([key, given]) => fault("AS1543", `${at}.selector.${key}`, { given })),
    ...(Object.hasOwn(group.metadata ?? {}, RESERVED)
      ? [
          fault("AS1544", `${at}.metadata.${RESERVED}`, {
            problem: "the server replaces the key of metadata",
            given: RESERVED,
          }),
        ]
      : []),
    ...brokenTexts(group.metadata ?? {}).map((given) =>
      fault("AS1547", `${at}.metadata`, { given }),
    ),
  ];
}

/** Of two groups with equal selectors, which one counts is left to the order of a folder. */
function checkSelectors(groups: readonly BootGroup[]): Fault[] {
  const first = new Map<string, BootGroup>();
  return groups.flatMap((group, index) => {
    const text = selectorText(group);
    const other = first.get(text);
    first.set(text, other ?? group);
    if (other === undefined) return [];
    const problem =
      text === ""
        ? `group ${other.id} matches every machine too`
        : `group ${other.id} selects the same machines`;
    return [fault("AS1544", `groups[${index}].selector`, { problem, given: group.id })];
  });
}
