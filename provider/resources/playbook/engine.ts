/**
 * What the resource needs of the playbooks room. It is loaded when it is first used: most
 * starts of the provider touch no playbook, and the parser and runner are the largest parts.
 */
import type * as playbooks from "../../../playbooks/playbooks";

/** The playbooks room, as far as it is used here. */
export type PlaybookEngine = Pick<
  typeof playbooks,
  "parsePlaybooks" | "digestHosts" | "explainHosts" | "runPlaybooks" | "lookAtFiles" | "variablesOf"
>;
