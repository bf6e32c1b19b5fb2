/**
 * `armstead_playbook`: playbooks run over SSH, with one digest a host in the plan. Knows nothing
 * of the machine API. Plays are idempotent: they may run again at any time.
 */
import type { Environment } from "../../../core/folders";
import type { Resource } from "../../framework/resource";
import { Unknown } from "../../framework/unknown";
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
 * @param loadAnsible - the same for `runner = "ansible"`, with the environment of ansible-playbook
 */
export function createPlaybookResource(
  load: () => PlaybookEngine,
  loadAnsible: (environment: Environment) => PlaybookEngine = load,
): Resource<ProviderClient, PlaybookModel> {
  const engineOf = (
    // A runner that is not known yet may be the one that takes all of Ansible's language.
    { runner }: { readonly runner: unknown },
    environment: Environment = {},
  ): PlaybookEngine =>
    runner === "ansible" || runner instanceof Unknown ? loadAnsible(environment) : load();
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
    validate: (config) => checkConfig(engineOf(config), config),
    modifyPlan: (input) => planPlaybook(engineOf(input.planned), input),
    create: (context, plan, config) =>
      writePlaybook(engineOf(plan, context.client.environment), context, {
        plan,
        state: null,
        config,
      }),
    read: (context, state) =>
      readPlaybook(engineOf(state, context.client.environment), context, state),
    update: (context, plan, state, config) =>
      writePlaybook(engineOf(plan, context.client.environment), context, { plan, state, config }),
    delete: (context, state) =>
      deletePlaybook(engineOf(state, context.client.environment), context, state),
  };
}
