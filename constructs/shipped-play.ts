/** The plays that ship with this package, under names that no playbook of the user's can have by chance. */
import { readShippedPlay } from "../playbooks/model/shipped-plays";
import type { DeploymentPlay } from "./deployment-play";

/** A shipped play. */
export function shippedPlay(name: string): DeploymentPlay {
  const { playbook, files } = readShippedPlay(name);
  return { name: `armstead/${playbook.name}`, content: playbook.content, files };
}
