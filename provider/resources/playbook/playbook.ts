/**
 * `armstead_playbook`: playbooks run over SSH, with one digest a host in the plan. Knows nothing
 * of the machine API. Plays are idempotent: they may run again at any time.
 */
import type { Resource } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import { checkConfig } from "./check-config";
import { deletePlaybook } from "./delete-playbook";
import type { PlaybookEngine } from "./engine";
import type { PlaybookModel } from "./model";
import { planPlaybook } from "./plan-playbook";
import { readPlaybook } from "./read-playbook";
import { PLAYBOOK_SCHEMA } from "./schema";
import { writePlaybook } from "./write-playbook";

const MINUTE_MS = 60_000;

/**
 * Makes the resource.
 * @param load - loads the playbooks room when it is first needed
 */
export function createPlaybookResource(
  load: () => PlaybookEngine,
): Resource<ProviderClient, PlaybookModel> {
  return {
    type: "armstead_playbook",
    doc: "Playbooks that run on hosts over SSH. It cannot be imported: apply makes it, and changes nothing on hosts that are as described.",
    schema: PLAYBOOK_SCHEMA,
    timeLimits: {
      create: 60 * MINUTE_MS,
      read: 5 * MINUTE_MS,
      update: 60 * MINUTE_MS,
      delete: 20 * MINUTE_MS,
    },
    validate: (config) => checkConfig(load(), config),
    modifyPlan: (input) => planPlaybook(load(), input),
    create: (context, plan, config) =>
      writePlaybook(load(), context, { plan, state: null, config }),
    read: (context, state) => readPlaybook(load(), context, state),
    update: (context, plan, state, config) =>
      writePlaybook(load(), context, { plan, state, config }),
    delete: (context, state) => deletePlaybook(load(), context, state),
  };
}
