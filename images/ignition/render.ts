/**
 * A node's system as an Ignition config. Its text depends on what is described, not on the order in which it
 * was put together: lists are sorted by what tells their items apart. Pure.
 */
import { throwIfAny } from "../../core/faults";
import type {
  FileContent,
  NodeSystem,
  SystemDisk,
  SystemFile,
  SystemFilesystem,
  SystemUnit,
  SystemUser,
} from "../node-system/node-system";
import type {
  IgnitionConfig,
  IgnitionDisk,
  IgnitionFile,
  IgnitionFilesystem,
  IgnitionResource,
  IgnitionUnit,
  IgnitionUser,
  IgnitionVersion,
} from "./config";
import { by, list, section } from "../node-system/sorted";
import { dataUrl } from "./source-url";
import { validateIgnition } from "./validate";

const FILE_MODE = 0o644;
const DIRECTORY_MODE = 0o755;
const HOSTNAME = "/etc/hostname";

/** Version that is written unless another one is asked for: the oldest one has all that is needed. */
export const DEFAULT_IGNITION_VERSION: IgnitionVersion = "3.3.0";

/**
 * The config of a node's system.
 * @param system - what the node is told
 * @param version - of the specification
 * @throws UserFault AS1505 to AS1520 with everything in it that Ignition would refuse
 */
export function renderIgnition(
  system: NodeSystem,
  version: IgnitionVersion = DEFAULT_IGNITION_VERSION,
): IgnitionConfig {
  const { present = [], absent = [] } = system.kernelArguments ?? {};
  const config: IgnitionConfig = {
    ignition: { version },
    ...section("kernelArguments", {
      ...list("shouldExist", present),
      ...list("shouldNotExist", absent),
    }),
    ...section("passwd", { ...list("users", by("name", system.users).map(userOf)) }),
    ...section("storage", storageOf(system)),
    ...section("systemd", { ...list("units", by("name", system.units).map(unitOf)) }),
  };
  throwIfAny(validateIgnition(config).faults);
  return config;
}

/** The config as text: two spaces, one line break at the end. */
export function ignitionText(config: IgnitionConfig): string {
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

function storageOf(system: NodeSystem): NonNullable<IgnitionConfig["storage"]> {
  const files = [...(system.files ?? []), ...hostnameFiles(system)];
  return {
    ...list("disks", by("device", system.disks).map(diskOf)),
    ...list("filesystems", by("device", system.filesystems).map(filesystemOf)),
    ...list(
      "directories",
      by("path", system.directories).map(({ path, mode = DIRECTORY_MODE }) => ({ path, mode })),
    ),
    ...list("files", by("path", files).map(fileOf)),
    ...list(
      "links",
      by("path", system.links).map(({ path, target }) => ({ path, target })),
    ),
  };
}

function hostnameFiles({ hostname }: NodeSystem): SystemFile[] {
  if (hostname === undefined) return [];
  return [{ path: HOSTNAME, content: { text: `${hostname}\n` }, overwrite: true }];
}

function fileOf({
  path,
  content,
  mode = FILE_MODE,
  overwrite,
  user,
  group,
}: SystemFile): IgnitionFile {
  return {
    path,
    ...(overwrite === true ? { overwrite } : {}),
    ...(user === undefined ? {} : { user: { name: user } }),
    ...(group === undefined ? {} : { group: { name: group } }),
    contents: contentsOf(content),
    mode,
  };
}

function contentsOf(content: FileContent): IgnitionResource {
  if ("text" in content) return { source: dataUrl(content.text) };
  const { url, checksum } = content;
  return { source: url, verification: { hash: checksum.replace(":", "-") } };
}

function unitOf({ name, contents, dropins, enabled, masked }: SystemUnit): IgnitionUnit {
  return {
    name,
    ...(enabled === undefined ? {} : { enabled }),
    ...(masked === undefined ? {} : { mask: masked }),
    ...(contents === undefined ? {} : { contents }),
    ...list(
      "dropins",
      by("name", dropins).map((it) => ({ name: it.name, contents: it.contents })),
    ),
  };
}

function userOf({ name, sshKeys = [], groups = [], shell }: SystemUser): IgnitionUser {
  return {
    name,
    ...list("sshAuthorizedKeys", sshKeys),
    ...list("groups", groups),
    ...(shell === undefined ? {} : { shell }),
  };
}

function diskOf({ device, wipe, partitions }: SystemDisk): IgnitionDisk {
  return {
    device,
    ...(wipe === undefined ? {} : { wipeTable: wipe }),
    ...list(
      "partitions",
      (partitions ?? []).map(({ label, number, startMiB, sizeMiB }) => ({
        label,
        ...(number === undefined ? {} : { number }),
        ...(startMiB === undefined ? {} : { startMiB }),
        ...(sizeMiB === undefined ? {} : { sizeMiB }),
      })),
    ),
  };
}

function filesystemOf(it: SystemFilesystem): IgnitionFilesystem {
  return {
    device: it.device,
    format: it.format,
    ...(it.path === undefined ? {} : { path: it.path }),
    ...(it.label === undefined ? {} : { label: it.label }),
    ...(it.wipe === undefined ? {} : { wipeFilesystem: it.wipe }),
  };
}
