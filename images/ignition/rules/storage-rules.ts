/**
 * Rules about disks, filesystems, arrays and encrypted volumes of an Ignition config. Source: coreos/ignition,
 * config/v3_4/types. Pure.
 */
import {
  type ConfigPath,
  type Found,
  objectsAt,
  type Placed,
  type Raw,
  textOf,
  wrong,
} from "../found";
import type { ValueRule } from "../shape";

/** Format → longest label, in bytes. */
const LABELS: Readonly<Record<string, number>> = {
  ext4: 16,
  btrfs: 256,
  xfs: 12,
  swap: 15,
  vfat: 11,
  none: Number.POSITIVE_INFINITY,
};
const MAX_PARTITION_LABEL = 36;
const MAX_LUKS_LABEL = 47;
const GUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;
const PINS = ["tpm2", "tang", "sss"];
/** Level → spellings; the first kind has no spares. */
const LEVELS_WITHOUT_SPARES = ["linear", "raid0", "0", "stripe"];
const LEVELS = [
  ...LEVELS_WITHOUT_SPARES,
  ...["raid1", "1", "mirror", "raid4", "4", "raid5", "5", "raid6", "6", "raid10", "10"],
];

/** A partition by itself. */
export const partitionRule: ValueRule = (value, place) => [
  ...judgePartitionName(value, place),
  ...["guid", "typeGuid"].flatMap((key) => {
    const text = textOf(value[key]);
    const allowed = "01234567-89AB-CDEF-EDCB-A98765432101";
    return text === undefined || GUID.test(text)
      ? []
      : [wrong("AS1519", [...place, key], { problem: "not a GUID", given: text, allowed })];
  }),
  ...judgeAbsence(value, place),
];

/** Partitions of a disk among each other. */
export const diskRule: ValueRule = (disk, place) => {
  const partitions = objectsAt(disk, ["partitions"]);
  return partitions.flatMap((later, index) => {
    const earlier = partitions.slice(0, index);
    const path = [...place, ...later.at];
    return [
      ...(earlier.some((it) => overlap(it.value, later.value))
        ? [wrong("AS1519", path, { problem: "the partition overlaps with another one" })]
        : []),
      ...judgeTwin(earlier, later, path),
    ];
  });
};

/** A filesystem. */
export const filesystemRule: ValueRule = (value, place) => {
  const format = textOf(value.format);
  if (format === undefined) {
    const needy = ["path", "label", "uuid", "wipeFilesystem", "mountOptions", "options"].filter(
      (key) => isGiven(value[key]),
    );
    const problem = `the key is missing, and ${needy.join(", ")} need it`;
    return needy.length > 0 ? [wrong("AS1520", [...place, "format"], { problem })] : [];
  }
  const longest = Object.hasOwn(LABELS, format) ? LABELS[format] : undefined;
  if (longest === undefined) {
    const allowed = Object.keys(LABELS);
    return [
      wrong("AS1520", [...place, "format"], { problem: "unknown format", given: format, allowed }),
    ];
  }
  const label = textOf(value.label);
  return label !== undefined && Buffer.byteLength(label) > longest
    ? [
        wrong("AS1520", [...place, "label"], {
          problem: `${format} has labels of at most ${longest} bytes`,
          given: label,
        }),
      ]
    : [];
};

/** An array of disks. */
export const raidRule: ValueRule = ({ level, devices, spares }, place) => {
  const given = textOf(level);
  const known = given !== undefined && LEVELS.includes(given);
  const noSpares = given !== undefined && LEVELS_WITHOUT_SPARES.includes(given);
  return [
    ...(known || (typeof level !== "string" && (level ?? null) !== null)
      ? []
      : [
          wrong("AS1521", [...place, "level"], {
            problem: "no level of RAID",
            given,
            allowed: LEVELS,
          }),
        ]),
    ...(noSpares && typeof spares === "number" && spares !== 0
      ? [
          wrong("AS1521", [...place, "spares"], {
            problem: `${given} has no spares`,
            given: spares,
          }),
        ]
      : []),
    ...((devices ?? null) === null || (Array.isArray(devices) && devices.length === 0)
      ? [wrong("AS1521", [...place, "devices"], { problem: "an array needs devices" })]
      : []),
  ];
};

/** An encrypted volume. */
export const luksRule: ValueRule = ({ name, label, device }, place) => [
  ...(typeof name === "string" && name.includes("/")
    ? [wrong("AS1521", [...place, "name"], { problem: "the name holds a slash", given: name })]
    : []),
  ...(typeof label === "string" && Buffer.byteLength(label) > MAX_LUKS_LABEL
    ? [
        wrong("AS1521", [...place, "label"], {
          problem: `labels have at most ${MAX_LUKS_LABEL} bytes`,
          given: label,
        }),
      ]
    : []),
  ...(textOf(device) === undefined && (typeof device === "string" || (device ?? null) === null)
    ? [wrong("AS1521", [...place, "device"], { problem: "the device is missing" })]
    : []),
];

/** A way of one's own to open an encrypted volume. */
export const clevisCustomRule: ValueRule = (value, place) => {
  const pin = textOf(value.pin);
  const config = textOf(value.config);
  if (pin === undefined && config === undefined && value.needsNetwork !== true) return [];
  return [
    ...(pin !== undefined && PINS.includes(pin)
      ? []
      : [
          wrong("AS1521", [...place, "pin"], {
            problem: "no pin of clevis",
            given: pin,
            allowed: PINS,
          }),
        ]),
    ...(config === undefined
      ? [wrong("AS1521", [...place, "config"], { problem: "the pin's config is missing" })]
      : []),
  ];
};

/** A Tang server. */
export const tangRule: ValueRule = ({ url, thumbprint }, place) => [
  ...(typeof url === "string" && !/^https?:\/\/[^\s/]/.test(url)
    ? [wrong("AS1521", [...place, "url"], { problem: "not an http or https URL", given: url })]
    : []),
  ...(textOf(thumbprint) === undefined &&
  (typeof thumbprint === "string" || (thumbprint ?? null) === null)
    ? [wrong("AS1521", [...place, "thumbprint"], { problem: "the thumbprint is missing" })]
    : []),
];

function judgePartitionName({ number, label }: Raw, place: ConfigPath): Found[] {
  const text = typeof label === "string" ? label : undefined;
  const numbered = typeof number === "number" && number !== 0;
  if (!numbered && text === undefined) {
    const malformed = (number ?? 0) !== 0 || (label ?? null) !== null;
    const problem = "the partition has neither number nor label";
    return malformed ? [] : [wrong("AS1519", place, { problem })];
  }
  const problem =
    text === undefined
      ? undefined
      : Buffer.byteLength(text) > MAX_PARTITION_LABEL
        ? `labels have at most ${MAX_PARTITION_LABEL} bytes`
        : text.includes(":")
          ? "labels hold no colon"
          : undefined;
  return problem === undefined
    ? []
    : [wrong("AS1519", [...place, "label"], { problem, given: text })];
}

function judgeAbsence(value: Raw, place: ConfigPath): Found[] {
  const others = ["label", "typeGuid", "guid", "startMiB", "sizeMiB"].filter(
    (key) => (value[key] ?? "") !== "",
  );
  return value.shouldExist === false && others.length > 0
    ? [
        wrong("AS1519", [...place, "shouldExist"], {
          problem: `a partition that is to go has no ${others.join(", ")}`,
        }),
      ]
    : [];
}

function judgeTwin(earlier: readonly Placed[], { value }: Placed, path: ConfigPath): Found[] {
  return ["number", "label"].flatMap((key) => {
    const given = value[key];
    const twin = (given ?? 0) !== 0 && earlier.some((it) => it.value[key] === given);
    return twin ? [wrong("AS1506", [...path, key], { given })] : [];
  });
}

/** Whether two partitions with places of their own share a MiB; 0 leaves the place open. */
function overlap(left: Raw, right: Raw): boolean {
  const spans = [left, right].map(({ startMiB, sizeMiB }) =>
    typeof startMiB === "number" && typeof sizeMiB === "number" && startMiB > 0
      ? { start: startMiB, end: sizeMiB === 0 ? startMiB : startMiB + sizeMiB - 1 }
      : undefined,
  );
  const [a, b] = spans;
  return a !== undefined && b !== undefined && a.start <= b.end && b.start <= a.end;
}

function isGiven(value: unknown): boolean {
  return (
    value === true || textOf(value) !== undefined || (Array.isArray(value) && value.length > 0)
  );
}
