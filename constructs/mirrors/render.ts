/** Files of mirrors, for any target; templates stand for logins. Pure; what a target cannot express is judged in cluster/rules. */
import type { MirrorEndpoint, RegistriesSpec } from "../../cluster";
import type { NodeTarget } from "../../cluster/mirror-targets";
import { renderContainerd } from "./containerd";
import { renderDockerd } from "./dockerd";
import { renderK3s } from "./k3s";
import { renderRegistriesConf } from "./registries-conf";
import type { RenderedFile } from "./rendered-file";
import { renderStarlingx } from "./starlingx";

type Registries = RegistriesSpec<MirrorEndpoint>;
type Renderer = (registries: Registries) => RenderedFile[];

const RENDERERS: Readonly<Record<NodeTarget, Renderer>> = {
  containerd: ({ mirrors }) => mirrors.flatMap(renderContainerd),
  dockerd: ({ mirrors }) => renderDockerd(mirrors),
  podman: (registries) => renderRegistriesConf(registries, "podman"),
  crio: (registries) => renderRegistriesConf(registries, "crio"),
  k3s: ({ mirrors }) => renderK3s(mirrors),
  starlingx: ({ mirrors }) => renderStarlingx(mirrors),
};

/**
 * The files, sorted by path; a file that two targets share is there once.
 * @param registries - mirrors and replacements
 * @param targets - what they are for
 */
export function renderMirrors(
  registries: Registries,
  targets: readonly NodeTarget[],
): RenderedFile[] {
  const files = new Map<string, RenderedFile>();
  for (const it of targets.flatMap((target) => RENDERERS[target](registries))) {
    files.set(it.path, { ...files.get(it.path), ...it });
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
