/**
 * `armstead_claim`: a random id that everything made under it carries as a tag. It makes nothing in the
 * API; deleting it, last of all, removes what carries the tag and is in no state.
 */
import { fault, UserFault } from "../../core/faults";
import type { Resource } from "../framework/resource";
import type { ProviderClient } from "../provider-client";
import type { ResourceEnvironment } from "./environment";
import { known } from "./known";
import { sweepClaim } from "./sweep";
import { isUuid } from "./uuid";

/** Terraform's view. */
export interface ClaimModel {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly force_delete: boolean | null;
}

const LIMIT_MS = 60_000;
const DELETE_LIMIT_MS = 1_800_000;

/** Makes the resource. */
export function claimResource({
  newId,
  sleep,
}: Pick<ResourceEnvironment, "newId" | "sleep">): Resource<ProviderClient, ClaimModel> {
  return {
    type: "armstead_claim",
    doc: "Marks what is made under it, so that nothing is left behind or made twice after a crash. Its deletion removes every device and key under it that no state ever had, and fails while others are left.",
    schema: {
      id: { type: "string", computed: true, doc: "Random UUID; part of the tags." },
      name: { type: "string", required: true, doc: "For people; it is no part of the tags." },
      project_id: {
        type: "string",
        required: true,
        replaces: true,
        doc: "Project that the claim's objects are in.",
      },
      force_delete: {
        type: "bool",
        optional: true,
        doc: "Whether its deletion removes what a state had, too. Default: false; true after an import, which is for a state that was lost.",
      },
    },
    timeLimits: { create: LIMIT_MS, read: LIMIT_MS, update: LIMIT_MS, delete: DELETE_LIMIT_MS },
    create(_, plan) {
      const [name, project_id] = [known(plan.name) ?? "", known(plan.project_id) ?? ""];
      const force_delete = known(plan.force_delete);
      return Promise.resolve({ id: newId(), name, project_id, force_delete });
    },
    // The claim is a fact of the state alone: there is nothing that it could differ from.
    read: (_, state) => Promise.resolve(state),
    update: (_, plan, state) =>
      Promise.resolve({
        ...state,
        name: known(plan.name) ?? state.name,
        force_delete: known(plan.force_delete),
      }),
    async delete({ client: { api }, signal }, { id, project_id: projectId, force_delete }) {
      const force = force_delete === true;
      await sweepClaim({ api, sleep }, { id, projectId, force }, { signal });
    },
    /** The id is `<project id>/<claim id>`, as on the objects' tags: a lost state can so be cleaned up. */
    importState(_, id) {
      const [project = "", claim = "", ...rest] = id.split("/");
      if (!isUuid(project) || !isUuid(claim) || rest.length > 0) {
        const allowed = "<project id>/<claim id>";
        throw new UserFault([fault("AS1858", "id", { given: id, allowed })]);
      }
      return Promise.resolve({ id: claim, name: "", project_id: project, force_delete: true });
    },
  };
}
