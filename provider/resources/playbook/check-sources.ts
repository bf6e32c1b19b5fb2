/** Faults of playbooks, told where Terraform can show them: the playbook's content. Pure. */
import type { Fault } from "../../../core/faults";
import type { PlaybookSource } from "../../../playbooks/playbooks";

/**
 * Moves faults from places in a playbook to places in the config; line and column stay in the text.
 * @param attribute - the attribute that holds the playbooks
 * @param sources - the playbooks
 * @param faults - as the parser told them
 */
export function checkSources(
  attribute: string,
  sources: readonly PlaybookSource[],
  faults: readonly Fault[],
): Fault[] {
  return faults.map((it) => {
    const index = sources.findIndex(({ name }) => name === it.position?.file);
    if (index < 0) return { ...it, path: attribute };
    return { ...it, path: `${attribute}[${index}].content` };
  });
}
