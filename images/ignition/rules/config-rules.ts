/** Rules about an Ignition config as a whole: whose paths collide, and which lie behind links. Pure. */
import { valueAt } from "../../../core/finding";
import { posix } from "node:path";
import { doubtful, type Found, objectsAt, type Placed, textOf, wrong } from "../found";

const UNITS = "/etc/systemd/system";
const NODE_LISTS = ["files", "directories", "links"] as const;

/** See the header. */
export function judgeWhole(config: unknown): readonly Found[] {
  const nodes = NODE_LISTS.flatMap((list) => objectsAt(config, ["storage", list]));
  const links = objectsAt(config, ["storage", "links"]);
  return [
    ...judgeNames(nodes),
    ...judgeArguments(config),
    ...judgeThroughLinks(nodes, links),
    ...judgeLinks(config, links),
    ...judgeUnitPaths(config, nodes),
    ...judgeTemplates(config),
    ...judgeWipes(config),
  ];
}

function judgeNames(nodes: readonly Placed[]): Found[] {
  const first = new Map<string, Placed>();
  return nodes.flatMap((node) => {
    const path = textOf(node.value.path);
    if (path === undefined) return [];
    const owner = first.get(path);
    first.set(path, owner ?? node);
    // Within one list the shape has said it.
    const told = owner === undefined || owner.at[1] === node.at[1];
    return told ? [] : [wrong("AS1506", [...node.at, "path"], { given: path })];
  });
}

function judgeArguments(config: unknown): Found[] {
  const present = valueAt(config, ["kernelArguments", "shouldExist"]);
  const absent = valueAt(config, ["kernelArguments", "shouldNotExist"]);
  if (!Array.isArray(present) || !Array.isArray(absent)) return [];
  return absent.flatMap((given: unknown, index) =>
    present.includes(given)
      ? [
          wrong("AS1506", ["kernelArguments", "shouldNotExist", index], {
            problem: "the argument should exist and should not",
            given,
          }),
        ]
      : [],
  );
}

function judgeThroughLinks(nodes: readonly Placed[], links: readonly Placed[]): Found[] {
  return nodes.flatMap((node) => {
    const path = textOf(node.value.path);
    const link = links
      .map(({ value }) => textOf(value.path))
      .find((it) => it !== undefined && path?.startsWith(`${it}/`) === true);
    const problem = `the path leads through the link ${link ?? ""}`;
    return link === undefined
      ? []
      : [wrong("AS1507", [...node.at, "path"], { problem, given: path })];
  });
}

function judgeLinks(config: unknown, links: readonly Placed[]): Found[] {
  const directories = objectsAt(config, ["storage", "directories"]).map(({ value }) => value.path);
  return links.flatMap(({ at: place, value }) => {
    const { target, hard, path } = value;
    if (target === "") {
      return [wrong("AS1518", [...place, "target"], { problem: "the target is empty" })];
    }
    if (typeof target !== "string" || hard !== true || typeof path !== "string") return [];
    const full = target.startsWith("/") ? posix.normalize(target) : posix.join(path, target);
    const owned = ["user", "group"].filter(
      (it) => (valueAt(value, [it, "id"]) ?? valueAt(value, [it, "name"]) ?? null) !== null,
    );
    return [
      ...(directories.includes(full)
        ? [
            wrong("AS1518", [...place, "hard"], {
              problem: "a hard link cannot lead to a directory",
            }),
          ]
        : []),
      ...owned.map((it) =>
        doubtful("AS1518", [...place, it], { problem: "a hard link has the owner of its target" }),
      ),
    ];
  });
}

function judgeUnitPaths(config: unknown, nodes: readonly Placed[]): Found[] {
  const written = new Set(
    objectsAt(config, ["systemd", "units"]).flatMap(({ value: unit }) => {
      const file = `${UNITS}/${String(unit.name)}`;
      const dropins = objectsAt(unit, ["dropins"])
        .filter(({ value }) => textOf(value.contents) !== undefined)
        .map(({ value }) => `${file}.d/${String(value.name)}`);
      return textOf(unit.contents) === undefined ? dropins : [file, ...dropins];
    }),
  );
  return nodes.flatMap(({ at: place, value: { path } }) =>
    typeof path === "string" && written.has(path)
      ? [wrong("AS1516", [...place, "path"], { given: path })]
      : [],
  );
}

/** An instance is enabled by what its template says. */
function judgeTemplates(config: unknown): Found[] {
  const units = objectsAt(config, ["systemd", "units"]);
  return units.flatMap(({ at: place, value: { name, enabled } }) => {
    const [, base] = /^(.+?)@.+\.service$/.exec(String(name)) ?? [];
    const template = units.find(
      ({ value }) => base !== undefined && value.name === `${base}@.service`,
    );
    const contents = textOf(template?.value.contents);
    return enabled === true && contents !== undefined && !/^\[Install\]\s*$/m.test(contents)
      ? [doubtful("AS1515", [...place, "enabled"], { given: name })]
      : [];
  });
}

/** What makes a filesystem go that nobody asked to wipe. */
function judgeWipes(config: unknown): Found[] {
  const disks = objectsAt(config, ["storage", "disks"]);
  return objectsAt(config, ["storage", "filesystems"]).flatMap(({ at: place, value }) => {
    const disk = disks.find((it) => it.value.device === value.device)?.value;
    if (disk === undefined) return [];
    const partitioned = objectsAt(disk, ["partitions"]).length > 0;
    const wiped = disk.wipeTable === true && value.wipeFilesystem !== true;
    const problem = partitioned
      ? "the filesystem overwrites the partitions of its disk"
      : "wipeTable of the disk wipes the filesystem too";
    return partitioned || wiped ? [doubtful("AS1520", [...place, "device"], { problem })] : [];
  });
}
