/** The look at a host's key that the playbooks room offers; the room is loaded when it is first used. */
import type * as Playbooks from "../../playbooks/playbooks";
import type { ScanHostKey } from "./environment";

/** See the header. */
export const scanHostKey: ScanHostKey = (at, options) => {
  // An import would load parser, templates and SSH at every start of the provider.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const playbooks = require("../../playbooks/playbooks") as typeof Playbooks;
  return playbooks.scanHostKey(at, options);
};
