/**
 * The one setting of containerd that makes it read `hosts.toml`, as a part of `config.toml`. It is shown, never written: the
 * file is the site's, and containerd does not merge two tables of one plugin. Source: containerd docs/cri/registry.md.
 */
import { CERTS_D } from "./containerd";
import { tomlString } from "./toml";

const PARTS = {
  "1.x": { version: 2, plugin: "io.containerd.grpc.v1.cri" },
  "2.x": { version: 3, plugin: "io.containerd.cri.v1.images" },
} as const;
/** Line of releases. */
export type ContainerdLine = keyof typeof PARTS;
/** All of them. */
export const CONTAINERD_LINES = Object.keys(PARTS) as ContainerdLine[];

/** The part of the file. */
export function containerdConfig(line: ContainerdLine): string {
  const { version, plugin } = PARTS[line];
  const table = `[plugins.${tomlString(plugin)}.registry]`;
  return `version = ${version}\n${table}\n  config_path = ${tomlString(CERTS_D)}\n`;
}
