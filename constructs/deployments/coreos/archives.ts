/** Archives of programs on Flatcar: Ignition fetches and verifies them, a unit unpacks them once. Pure. */
import type { Artifact } from "../../../cluster/deployments/artifact";
import type { SystemFile, SystemUnit } from "../../../images/node-system/node-system";

/** Machines of a coreos cluster say so of themselves. */
const MACHINE = "aarch64";
const ARCHITECTURE = /\{\{\s*ansible_architecture\s*\}\}/g;

/** The URL for an ARM64 machine. */
export function artifactUrl({ url }: Pick<Artifact, "url">): string {
  return url.replace(ARCHITECTURE, MACHINE);
}

/** The archive as a file of the config. */
export function archiveFile(name: string, artifact: Artifact): SystemFile {
  const content = { url: artifactUrl(artifact), checksum: artifact.checksum };
  return { path: archivePath(name), content };
}

/** The unit that unpacks it, unless a program of it is there. */
export function unpackUnit(name: string, program: string): SystemUnit {
  return {
    name: `armstead-unpack-${name}.service`,
    enabled: true,
    contents: `[Unit]
Description=Programs of ${name}
ConditionPathExists=!${program}

[Service]
Type=oneshot
RemainAfterExit=true
ExecStart=/usr/bin/mkdir --parents /opt/bin
ExecStart=/usr/bin/tar --extract --file=${archivePath(name)} --directory=/opt/bin --no-same-owner

[Install]
WantedBy=multi-user.target
`,
  };
}

function archivePath(name: string): string {
  return `/opt/armstead/${name}.archive`;
}
