/**
 * `armstead_ssh_key`: a public key that new devices accept, of a project or of the token's user.
 * Label, key and tags change in place. Under a claim a create takes over what an interrupted one made.
 */
import type { SshKey } from "../../api/api";
import { type Fault, fault, UserFault } from "../../core/faults";
import type { Partially, Resource } from "../framework/resource";
import { UNKNOWN, Unknown } from "../framework/unknown";
import type { ProviderClient } from "../provider-client";
import { checkTags } from "./check-tags";
import { claimOf, claimTags, importedTags, shownTags, userTags } from "./claim-tags";
import { createSshKey } from "./create-ssh-key";
import type { ResourceEnvironment } from "./environment";
import { Held } from "./held";
import { known, knownList } from "./known";
import { leavesClaim } from "./leaves-claim";
import { markSeen, type Retag } from "./marks";
import { isPublicKey, sameKeyLine } from "./public-key";
import { isUuid } from "./uuid";
import type { WantedKey } from "./wanted-key";

/** Terraform's view: its attribute names are a contract with users. */
export interface SshKeyModel {
  readonly id: string;
  readonly project_id: string | null;
  readonly label: string;
  readonly public_key: string;
  readonly tags: readonly string[] | null;
  readonly claim_id: string | null;
  readonly fingerprint: string;
  readonly owner_id: string;
}

const LIMIT_MS = 300_000;
const SCHEMA: Resource<ProviderClient, SshKeyModel>["schema"] = {
  id: { type: "string", computed: true, doc: "UUID given by the API." },
  project_id: {
    type: "string",
    optional: true,
    replaces: true,
    doc: "Project whose devices accept the key. Default: the key belongs to the token's user.",
  },
  label: { type: "string", required: true, doc: "Name shown in lists; unique within a claim." },
  public_key: {
    type: "string",
    required: true,
    same: sameKeyLine,
    doc: "One OpenSSH line. A change reaches devices that are made later.",
  },
  tags: { type: ["list", "string"], optional: true, doc: "Tags; unset leaves them alone." },
  claim_id: {
    type: "string",
    optional: true,
    doc: "`armstead_claim` that the key is made under. One that is set is left by replacing the key.",
  },
  fingerprint: { type: "string", computed: true, doc: "MD5, colon separated." },
  owner_id: { type: "string", computed: true, doc: "Project or user that the key belongs to." },
};

/** Makes the resource. */
export function sshKeyResource(
  environment: Pick<ResourceEnvironment, "newId">,
): Resource<ProviderClient, SshKeyModel> {
  const held = new Held();
  return {
    type: "armstead_ssh_key",
    doc: "A public SSH key that new devices accept.",
    schema: SCHEMA,
    timeLimits: { create: LIMIT_MS, read: LIMIT_MS, update: LIMIT_MS, delete: LIMIT_MS },
    validate: ({ public_key, tags }) => [...checkKey(public_key), ...checkTags(tags)],
    modifyPlan({ prior, planned, changed }) {
      if (!prior) return { planned };
      const refingered = changed.has("public_key");
      return {
        planned: refingered ? { ...planned, fingerprint: UNKNOWN } : planned,
        replaces: leavesClaim(planned, prior) ? ["claim_id"] : [],
      };
    },
    async create({ client: { api }, signal, keep }, plan) {
      const { newId } = environment;
      const made = await createSshKey({ api, newId, held }, toWanted(plan), { signal });
      const model = fromApi(made, plan);
      keep(model);
      return model;
    },
    async read({ client: { api }, signal }, state) {
      const key = await api.tryGetSshKey(state.id, { signal });
      if (!key) return undefined;
      const retag: Retag = (tags, options) => api.updateSshKey(key.id, { tags }, options);
      await markSeen(key, retag, { signal });
      return { ...fromApi(key, state), claim_id: claimOf(key.tags) };
    },
    async update({ client: { api }, signal }, plan, state) {
      const { label, key, tags, claimId } = toWanted(plan);
      const now = await api.tryGetSshKey(state.id, { signal });
      const kept = state.tags === null ? userTags(now?.tags ?? []) : [];
      const all = [...(tags ?? kept), ...claimTags(claimId)];
      return fromApi(await api.updateSshKey(state.id, { label, key, tags: all }, { signal }), plan);
    },
    async delete({ client: { api }, signal }, { id }) {
      await api.ensureSshKeyAbsent(id, { signal });
      held.release(id);
    },
    async importState({ client: { api }, signal }, id) {
      if (!isUuid(id)) throw new UserFault([fault("AS1858", "id", { given: id })]);
      const key = await api.tryGetSshKey(id, { signal });
      return key && imported(key);
    },
  };
}

function checkKey(key: string | Unknown): Fault[] {
  if (key instanceof Unknown || isPublicKey(key)) return [];
  // What was given is not shown: it may be a private key.
  return [fault("AS1855", "public_key")];
}

/** API → Terraform; what the API does not know comes from state or plan. */
export function fromApi(
  key: SshKey,
  known_: Pick<Partially<SshKeyModel>, "project_id" | "tags" | "claim_id">,
): SshKeyModel {
  return {
    id: key.id,
    project_id: known(known_.project_id),
    label: key.label,
    public_key: key.key,
    tags: shownTags(knownList(known_.tags), key.tags),
    claim_id: known(known_.claim_id),
    fingerprint: key.fingerprint,
    owner_id: key.owner.id,
  };
}

function imported(key: SshKey): SshKeyModel {
  const project_id = key.owner.kind === "project" ? key.owner.id : null;
  const model = fromApi(key, { project_id, tags: null, claim_id: claimOf(key.tags) });
  return { ...model, tags: importedTags(key.tags) };
}

/** Terraform → ours. */
export function toWanted(plan: Partially<SshKeyModel>): WantedKey {
  return {
    projectId: known(plan.project_id) ?? undefined,
    label: known(plan.label) ?? "",
    key: (known(plan.public_key) ?? "").trim(),
    tags: knownList(plan.tags),
    claimId: known(plan.claim_id),
  };
}
