/** What each target needs beside its files, in words. Data only. */
import type { NodeTarget } from "../../cluster/mirror-targets";
import { CONTAINERD_LINES, containerdConfig } from "./containerd-config";
import { STARLINGX_VARS } from "./starlingx";

/** One or more lines for each target. */
export const TARGET_NOTES: Readonly<Record<NodeTarget, string>> = {
  containerd: [
    "containerd reads these files at every pull, once its config.toml names their folder:",
    ...CONTAINERD_LINES.map(
      (it) => `containerd ${it}:\n${containerdConfig(it).replace(/^/gm, "  ").trimEnd()}`,
    ),
  ].join("\n"),
  dockerd: "dockerd reads its file again on SIGHUP (systemctl reload docker)",
  podman: "podman reads its files at every pull",
  crio: "CRI-O reads its files again on SIGHUP (systemctl reload crio)",
  k3s: "k3s reads its file when it starts (systemctl restart k3s, or k3s-agent)",
  starlingx: `StarlingX' bootstrap takes the variables with: ansible-playbook … -e @${STARLINGX_VARS}`,
};
