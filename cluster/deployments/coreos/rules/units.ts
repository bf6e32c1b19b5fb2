/** Units of one's own: their names, their files, and what they lean on. Pure. */
import { isDropinName, isUnitName, parseUnitFile } from "../../../../core/unit-file";
import type { Finding } from "../../../finding";
import { type FamilyTraits } from "../families";
import type { CoreosUnit } from "../options";
import { type CoreosContext, inDeployment } from "./context";

/** Keys whose values are names of units. */
const NAMES =
  /^\s*(?:Requires|Wants|BindsTo|Requisite|PartOf|Upholds|After|Before|Conflicts|OnFailure|RequiredBy|WantedBy)=(.*)$/gm;
/** Section of fleet, which systemd does not read. */
const FLEET_SECTION = "X-Fleet";

/** Rules of units. */
export function checkUnits(context: CoreosContext): Finding[] {
  return context.options.units.flatMap((unit, index) => {
    const twin = context.options.units.findIndex((it) => isSameUnit(it, unit)) < index;
    const at = ["units", index];
    return [
      ...checkNames(context, unit, at),
      ...(twin
        ? [
            inDeployment(context, "AS1562", [...at, "name"], {
              problem: "another unit of the same nodes has the name",
              given: unit.name,
            }),
          ]
        : []),
      ...checkText(context, unit.contents, [...at, "contents"]),
      ...unit.dropins.flatMap(({ contents }, n) =>
        checkText(context, contents, [...at, "dropins", n, "contents"]),
      ),
    ];
  });
}

/** Units of disjoint roles may share a name. */
function isSameUnit(left: CoreosUnit, right: CoreosUnit): boolean {
  if (left.name !== right.name) return false;
  const [a, b] = [left.roles, right.roles];
  return a === undefined || b === undefined || a.some((it) => b.includes(it));
}

function checkNames(
  context: CoreosContext,
  unit: CoreosUnit,
  at: readonly (string | number)[],
): Finding[] {
  const twins = unit.dropins.filter(
    ({ name }, n) => unit.dropins.findIndex((it) => it.name === name) < n,
  );
  const gone = instead(context.traits, unit.name);
  return [
    ...(isUnitName(unit.name)
      ? []
      : [inDeployment(context, "AS1561", [...at, "name"], { given: unit.name })]),
    ...unit.dropins.flatMap(({ name }, n) =>
      isDropinName(name)
        ? []
        : [inDeployment(context, "AS1561", [...at, "dropins", n, "name"], { given: name })],
    ),
    ...twins.map(({ name }) =>
      inDeployment(context, "AS1562", [...at, "dropins"], {
        problem: "two drop-ins have the name",
        given: name,
      }),
    ),
    // A unit of the name that comes with its contents is one's own.
    ...(gone !== undefined && unit.contents === undefined
      ? [goneUnit(context, [...at, "name"], unit.name, gone)]
      : []),
  ];
}

function checkText(
  context: CoreosContext,
  text: string | undefined,
  at: readonly (string | number)[],
): Finding[] {
  if (text === undefined) return [];
  const parsed = parseUnitFile(text);
  if (!("sections" in parsed)) {
    const problem = `line ${parsed.line}: ${parsed.problem}`;
    return [inDeployment(context, "AS1563", at, { problem })];
  }
  const own = context.options.units
    .filter(({ contents }) => contents !== undefined)
    .map(({ name }) => name);
  const named = [...text.matchAll(NAMES)].flatMap(([, value = ""]) => value.trim().split(/\s+/));
  const gone = [...new Set(named)].flatMap((name) => {
    const other = own.includes(name) ? undefined : instead(context.traits, name);
    return other === undefined ? [] : [goneUnit(context, at, name, other)];
  });
  const forFleet = parsed.sections.includes(FLEET_SECTION) && context.options.fleet === undefined;
  return [
    ...gone,
    ...(forFleet
      ? [
          inDeployment(context, "AS1564", at, {
            problem: `section ${FLEET_SECTION} is fleet's, and there is no fleet`,
          }),
        ]
      : []),
  ];
}

function instead({ goneUnits }: FamilyTraits, name: string): string | undefined {
  return Object.hasOwn(goneUnits, name) ? goneUnits[name] : undefined;
}

function goneUnit(
  context: CoreosContext,
  at: readonly (string | number)[],
  given: string,
  other: string,
): Finding {
  return inDeployment(context, "AS1564", at, {
    problem: `image ${context.family} has no unit`,
    given,
    hint: `use ${other}`,
  });
}
