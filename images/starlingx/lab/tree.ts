/**
 * The scripted StarlingX commands of the lab as files of a node's root: `system`, `dcmanager`, `ansible-playbook`,
 * and `starlingx-lab` for what hands do. They are this repository's own; nothing in them is StarlingX. Needs sh
 * and awk of busybox, no more.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { KernelVariantName } from "../../../core/names";
import { file, folder, program, type TreeEntry } from "../../build/tree";

const COMMANDS = path.join(__dirname, "bin");
const LIBRARY = path.join(__dirname, "lib");

/** The path at which people run the bootstrap. */
const PLAYBOOK = "usr/share/ansible/stx-ansible/playbooks/bootstrap.yml";

const PLAYBOOK_TEXT = `# Stands for StarlingX's bootstrap playbook. The lab's scripted ansible-playbook knows what it does.
`;

/**
 * The files.
 * @param kernel - what the installer of the node put on it
 */
export function starlingxLabFiles(kernel: KernelVariantName): TreeEntry[] {
  return [
    ...namesIn(COMMANDS).map((it) =>
      program(`usr/bin/${it}`, readFileSync(path.join(COMMANDS, it))),
    ),
    ...namesIn(LIBRARY).map((it) =>
      file(`usr/lib/starlingx-lab/${it}`, readFileSync(path.join(LIBRARY, it), "utf8")),
    ),
    folder("var/lib/starlingx-lab", 0o700),
    file(PLAYBOOK, PLAYBOOK_TEXT),
    file("etc/platform/platform.conf", platformConf(kernel)),
    file("etc/build.info", 'SW_VERSION="9.0"\nBUILD_TYPE="Armstead lab, not StarlingX"\n'),
  ];
}

/** All-in-one until `starlingx-lab install` says otherwise: only that has a low-latency controller. */
function platformConf(kernel: KernelVariantName): string {
  const lowLatency = kernel === "realtime" ? ",lowlatency" : "";
  return [
    "# Written by the Armstead lab in the place of StarlingX's installer.",
    "nodetype=controller",
    `subfunction=controller,worker${lowLatency}`,
    "system_type=All-in-one",
    "sw_version=9.0",
    "",
  ].join("\n");
}

function namesIn(at: string): string[] {
  return readdirSync(at).sort();
}
