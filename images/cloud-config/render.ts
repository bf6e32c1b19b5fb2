/**
 * A node's system as a cloud-config for CoreOS of 2015. Only keys that coreos-cloudinit 1.4.1 knows are
 * written; what it cannot do is refused, never left out. Source: coreos/coreos-cloudinit,
 * Documentation/cloud-config.md and config/ at 1.4.1. Pure.
 *
 * `$private_ipv4` and `$public_ipv4` in any text become the machine's addresses when it boots.
 */
import { stringify } from "yaml";
import { fault, type Fault, throwIfAny, UserFault } from "../../core/faults";
import { renderIgnition } from "../ignition/render";
import type { NodeSystem, SystemFile, SystemUnit, SystemUser } from "../node-system/node-system";
import { by, list } from "../node-system/sorted";
import type { CoreosSections } from "./sections";

/** What the file begins with, or it is no cloud-config. */
const HEADER = "#cloud-config\n";

/** Section → the unit that it sets up. */
const UNIT_OF: Readonly<Partial<Record<keyof CoreosSections, string>>> = {
  etcd: "etcd.service",
  etcd2: "etcd2.service",
  fleet: "fleet.service",
  flannel: "flanneld.service",
};

/**
 * The text of the cloud-config.
 * @param system - what the node is told
 * @param coreos - how the image's own programs are set up
 * @throws UserFault AS1505 to AS1514, AS1530, AS1531, all at once
 */
export function renderCloudConfig(system: NodeSystem, coreos: CoreosSections = {}): string {
  throwIfAny([...judgeSystem(system), ...judgeSections(system, coreos)]);
  const { hostname, files, users } = system;
  const document = {
    ...(hostname === undefined ? {} : { hostname }),
    ...list("users", by("name", users).map(userOf)),
    ...list("write_files", by("path", files).map(fileOf)),
    ...coreosOf(system, coreos),
  };
  // Version 1.1 is what coreos-cloudinit reads: it takes 0644 and yes for other things than text.
  return `${HEADER}${stringify(document, { version: "1.1", lineWidth: 0 })}`;
}

function coreosOf(system: NodeSystem, coreos: CoreosSections): { coreos?: object } {
  const sections = Object.entries(coreos)
    .filter(([, section]) => section !== undefined)
    .map(([name, section]) => [name, sorted(section as object)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const content = { ...Object.fromEntries(sections), ...list("units", unitsOf(system, coreos)) };
  return Object.keys(content).length === 0 ? {} : { coreos: content };
}

/** Units of sections run without being asked to: whoever sets a program up wants it. */
function unitsOf({ units = [] }: NodeSystem, coreos: CoreosSections): object[] {
  const implied = Object.entries(UNIT_OF)
    .filter(([section]) => coreos[section as keyof CoreosSections] !== undefined)
    .map(([, name]) => name);
  const absent = implied.filter((name) => !units.some((it) => it.name === name));
  const all = [...units, ...absent.map((name): SystemUnit => ({ name }))];
  return by("name", all).map((it) =>
    unitOf(implied.includes(it.name) ? { enabled: it.masked !== true, ...it } : it),
  );
}

function unitOf({ name, contents, dropins, enabled, masked }: SystemUnit): object {
  const installs = contents !== undefined && /^\[Install\]\s*$/m.test(contents);
  const dropIns = by("name", dropins).map((it) => ({ name: it.name, content: it.contents }));
  return {
    name,
    ...(masked === true ? { mask: true } : {}),
    ...(enabled === true && installs ? { enable: true } : {}),
    ...(enabled === true ? { command: "start" } : {}),
    ...(enabled === false && contents === undefined ? { command: "stop" } : {}),
    ...(contents === undefined ? {} : { content: contents }),
    ...list("drop_ins", dropIns),
  };
}

function fileOf({ path, content, mode = 0o644, user, group }: SystemFile): object {
  const owner = user === undefined && group === undefined ? undefined : ownerOf(user, group);
  return {
    path,
    permissions: mode.toString(8).padStart(4, "0"),
    ...(owner === undefined ? {} : { owner }),
    content: "text" in content ? content.text : "",
  };
}

function ownerOf(user = "root", group = "root"): string {
  return `${user}:${group}`;
}

function userOf({ name, sshKeys = [], groups = [], shell }: SystemUser): object {
  return {
    name,
    ...list("groups", groups),
    ...(shell === undefined ? {} : { shell }),
    ...list("ssh_authorized_keys", sshKeys),
  };
}

function judgeSystem(system: NodeSystem): Fault[] {
  const { disks, filesystems, directories, links, kernelArguments, files = [] } = system;
  const { present = [], absent = [] } = kernelArguments ?? {};
  const lists = {
    disks,
    filesystems,
    directories,
    links,
    kernelArguments: [...present, ...absent],
  };
  const unsayable = Object.entries(lists)
    .filter(([, items = []]) => items.length > 0)
    .map(([name]) => fault("AS1530", name));
  const fetched = files
    .filter(({ content }) => "url" in content)
    .map(({ path }) =>
      fault("AS1530", "files", { problem: "a cloud-config fetches no files", given: path }),
    );
  return [...unsayable, ...fetched, ...judgeAsIgnition(system)];
}

/** What holds for files, users and units of an Ignition config holds here too, by other names. */
function judgeAsIgnition({ files = [], users = [], units = [] }: NodeSystem): readonly Fault[] {
  const texts = files.filter(({ content }) => "text" in content);
  try {
    renderIgnition({ files: texts, users, units });
    return [];
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return error.faults.map((it) => ({ ...it, path: rename(it.path) }));
  }
}

function rename(path: string): string {
  return path
    .replace(/^storage\.files/, "write_files")
    .replace(/^passwd\.users/, "users")
    .replace(/^systemd\.units/, "coreos.units")
    .replace(".dropins", ".drop_ins")
    .replace(/\.contents$/, ".content")
    .replace(/\.mode$/, ".permissions");
}

function judgeSections({ units = [] }: NodeSystem, coreos: CoreosSections): Fault[] {
  const both = coreos.etcd !== undefined && coreos.etcd2 !== undefined;
  const written = Object.entries(UNIT_OF).filter(([section, name]) => {
    const unit = units.find((it) => it.name === name);
    return coreos[section as keyof CoreosSections] !== undefined && unit?.contents !== undefined;
  });
  return [
    ...(both ? [fault("AS1531", "coreos", { problem: "etcd and etcd2 are both set up" })] : []),
    ...written.map(([section, name]) =>
      fault("AS1531", `coreos.${section}`, {
        problem: "the section's unit is written too",
        given: name,
      }),
    ),
  ];
}

function sorted(section: object): object {
  const entries = Object.entries(section).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
