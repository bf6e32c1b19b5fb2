/**
 * The form of Ignition configs, 3.3 and 3.4: every key, its type, and the rules of its value. Source:
 * coreos/ignition, config/v3_3/schema/ignition.json and config/v3_4/schema/ignition.json.
 */
import { textOf } from "./found";
import {
  clevisCustomRule,
  diskRule,
  filesystemRule,
  luksRule,
  partitionRule,
  raidRule,
  tangRule,
} from "./rules/storage-rules";
import { dropinRule, unitRule } from "./rules/unit-rules";
import {
  headerRule,
  modeRule,
  overwriteRule,
  ownerRule,
  pathAt,
  proxyRule,
  resourceRule,
  sourceRule,
} from "./rules/value-rules";
import type { Key, ObjectShape, Shape } from "./shape";

const TEXT: Key = { shape: { kind: "text" } };
const NEEDED_TEXT: Key = { shape: { kind: "text" }, required: true };
const WHOLE: Key = { shape: { kind: "whole" } };
const TRUTH: Key = { shape: { kind: "truth" } };
const MODE: Key = { shape: { kind: "any" } };
const TEXTS = listOf({ kind: "text" });
/** Options go to a program in their order, and it may know one of them twice. */
const OPTIONS: Key = { shape: { kind: "list", of: { kind: "text" }, repeats: true } };

function listOf(of: Shape): Key {
  return { shape: { kind: "list", of } };
}

function object(
  keys: ObjectShape["keys"],
  more: Omit<ObjectShape, "kind" | "keys"> = {},
): ObjectShape {
  return { kind: "object", keys, ...more };
}

/** Objects of a list that are told apart by a key. */
function by(key: string): Required<Pick<ObjectShape, "identity">> {
  return { identity: (value) => textOf(value[key]) };
}

const RESOURCE = object(
  {
    source: TEXT,
    compression: TEXT,
    verification: { shape: object({ hash: TEXT }) },
    httpHeaders: listOf(
      object({ name: NEEDED_TEXT, value: TEXT }, { ...by("name"), rules: [headerRule] }),
    ),
  },
  { ...by("source"), rules: [resourceRule] },
);
const NEEDED_RESOURCE = object(RESOURCE.keys, {
  ...by("source"),
  rules: [resourceRule, sourceRule],
});
const OWNER: Key = { shape: object({ id: WHOLE, name: TEXT }, { rules: [ownerRule] }) };
const NODE = { path: NEEDED_TEXT, overwrite: TRUTH, user: OWNER, group: OWNER } as const;

const FILE = object(
  {
    ...NODE,
    contents: { shape: RESOURCE },
    append: { shape: { kind: "list", of: RESOURCE, repeats: true } },
    mode: MODE,
  },
  { ...by("path"), rules: [pathAt("path"), modeRule, overwriteRule] },
);
const DIRECTORY = object(
  { ...NODE, mode: MODE },
  { ...by("path"), rules: [pathAt("path"), modeRule] },
);
const LINK = object(
  { ...NODE, target: NEEDED_TEXT, hard: TRUTH },
  { ...by("path"), rules: [pathAt("path")] },
);

const PARTITION = object(
  {
    number: WHOLE,
    label: TEXT,
    startMiB: WHOLE,
    sizeMiB: WHOLE,
    typeGuid: TEXT,
    guid: TEXT,
    wipePartitionEntry: TRUTH,
    shouldExist: TRUTH,
    resize: TRUTH,
  },
  { rules: [partitionRule] },
);
const DISK = object(
  { device: NEEDED_TEXT, wipeTable: TRUTH, partitions: listOf(PARTITION) },
  { ...by("device"), rules: [pathAt("device"), diskRule] },
);
const FILESYSTEM = object(
  {
    device: NEEDED_TEXT,
    format: TEXT,
    path: TEXT,
    label: TEXT,
    uuid: TEXT,
    wipeFilesystem: TRUTH,
    options: OPTIONS,
    mountOptions: OPTIONS,
  },
  { ...by("device"), rules: [pathAt("device"), filesystemPath(), filesystemRule] },
);
const RAID = object(
  { name: NEEDED_TEXT, level: TEXT, devices: TEXTS, spares: WHOLE, options: OPTIONS },
  { ...by("name"), rules: [raidRule] },
);
const TANG = object(
  { url: TEXT, thumbprint: TEXT, advertisement: { ...TEXT, since: "3.4.0" } },
  { ...by("url"), rules: [tangRule] },
);
const CLEVIS = object({
  tpm2: TRUTH,
  tang: listOf(TANG),
  threshold: WHOLE,
  custom: {
    shape: object({ pin: TEXT, config: TEXT, needsNetwork: TRUTH }, { rules: [clevisCustomRule] }),
  },
});
const LUKS = object(
  {
    name: NEEDED_TEXT,
    device: TEXT,
    label: TEXT,
    uuid: TEXT,
    keyFile: { shape: RESOURCE },
    options: OPTIONS,
    openOptions: { ...TEXTS, since: "3.4.0" },
    discard: { ...TRUTH, since: "3.4.0" },
    wipeVolume: TRUTH,
    clevis: { shape: CLEVIS },
  },
  { ...by("name"), rules: [luksRule] },
);

const UNIT = object(
  {
    name: NEEDED_TEXT,
    enabled: TRUTH,
    mask: TRUTH,
    contents: TEXT,
    dropins: listOf(
      object({ name: NEEDED_TEXT, contents: TEXT }, { ...by("name"), rules: [dropinRule] }),
    ),
  },
  { ...by("name"), rules: [unitRule] },
);
const USER = object(
  {
    name: NEEDED_TEXT,
    passwordHash: TEXT,
    sshAuthorizedKeys: TEXTS,
    uid: WHOLE,
    gecos: TEXT,
    homeDir: TEXT,
    noCreateHome: TRUTH,
    primaryGroup: TEXT,
    groups: TEXTS,
    noUserGroup: TRUTH,
    noLogInit: TRUTH,
    shell: TEXT,
    shouldExist: TRUTH,
    system: TRUTH,
  },
  by("name"),
);
const GROUP = object(
  { name: NEEDED_TEXT, gid: WHOLE, passwordHash: TEXT, shouldExist: TRUTH, system: TRUTH },
  by("name"),
);

/** A whole config. */
export const IGNITION_SHAPE = object({
  ignition: {
    required: true,
    shape: object({
      version: NEEDED_TEXT,
      config: {
        shape: object({ merge: listOf(NEEDED_RESOURCE), replace: { shape: RESOURCE } }),
      },
      timeouts: { shape: object({ httpResponseHeaders: WHOLE, httpTotal: WHOLE }) },
      security: {
        shape: object({ tls: { shape: object({ certificateAuthorities: listOf(RESOURCE) }) } }),
      },
      proxy: {
        shape: object(
          { httpProxy: TEXT, httpsProxy: TEXT, noProxy: TEXTS },
          { rules: [proxyRule] },
        ),
      },
    }),
  },
  kernelArguments: { shape: object({ shouldExist: TEXTS, shouldNotExist: TEXTS }) },
  passwd: { shape: object({ users: listOf(USER), groups: listOf(GROUP) }) },
  storage: {
    shape: object({
      disks: listOf(DISK),
      raid: listOf(RAID),
      luks: listOf(LUKS),
      filesystems: listOf(FILESYSTEM),
      files: listOf(FILE),
      directories: listOf(DIRECTORY),
      links: listOf(LINK),
    }),
  },
  systemd: { shape: object({ units: listOf(UNIT) }) },
});

/** An empty path is none: swap has no place. */
function filesystemPath(): ReturnType<typeof pathAt> {
  const rule = pathAt("path");
  return (value, place, version) => (value.path === "" ? [] : rule(value, place, version));
}
