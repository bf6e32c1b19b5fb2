/** `armstead_playbook` with the real playbooks room, which is loaded when it is first used. */
import type { Environment } from "../../../core/folders";
import type * as ansible from "../../../playbooks/ansible/ansible";
import type { PlaybookEngine } from "./engine";
import { createPlaybookResource } from "./playbook";

/** The resource. */
export const playbookResource = createPlaybookResource(loadEngine, loadAnsible);

function loadEngine(): PlaybookEngine {
  // An import would load parser, templates and SSH at every start of the provider.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("../../../playbooks/playbooks") as PlaybookEngine;
}

function loadAnsible(environment: Environment): PlaybookEngine {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const room = require("../../../playbooks/ansible/ansible") as typeof ansible;
  return room.ansibleRunner(environment);
}
