/** `armstead_ssh_key` as a data source: a key that somebody else manages, by id, label or content. */
import type { MachineApi, SshKey } from "../../api/api";
import type { CallOptions } from "../../core/bounded";
import { UserFault } from "../../core/faults";
import type { DataSource } from "../framework/resource";
import type { ProviderClient } from "../provider-client";
import { claimOf, userTags } from "../resources/claim-tags";
import { keyBody } from "../resources/public-key";
import { checkExactlyOne, notExactlyOne } from "./exactly-one";

/** Terraform's view. */
export interface SshKeyDataModel {
  readonly id: string | null;
  readonly label: string | null;
  readonly public_key: string | null;
  readonly project_id: string | null;
  readonly tags: readonly string[];
  readonly claim_id: string | null;
  readonly fingerprint: string;
  readonly owner_id: string;
}

const TIME_LIMIT_MS = 60_000;

/** See the header. */
export const sshKeyDataSource: DataSource<ProviderClient, SshKeyDataModel> = {
  type: "armstead_ssh_key",
  doc: "A public SSH key, by id, or by label or content within a project or the token's user.",
  schema: {
    id: { type: "string", optional: true, computed: true, doc: "UUID." },
    label: { type: "string", optional: true, computed: true, doc: "Its whole label." },
    public_key: {
      type: "string",
      optional: true,
      computed: true,
      doc: "One OpenSSH line; the comment does not matter.",
    },
    project_id: {
      type: "string",
      optional: true,
      doc: "Project that `label` or `public_key` is looked for in. Default: the token's user.",
    },
    tags: { type: ["list", "string"], computed: true, doc: "Tags." },
    claim_id: { type: "string", computed: true, doc: "`armstead_claim` that it was made under." },
    fingerprint: { type: "string", computed: true, doc: "MD5, colon separated." },
    owner_id: { type: "string", computed: true, doc: "Project or user that it belongs to." },
  },
  timeLimit: TIME_LIMIT_MS,
  validate: ({ id, label, public_key }) => checkExactlyOne({ id, label, public_key }),
  async read({ client: { api }, signal }, config) {
    const found = await find(api, config, { signal });
    const [key] = found;
    if (!key || found.length > 1) {
      const path = config.id !== null ? "id" : config.label !== null ? "label" : "public_key";
      throw new UserFault([notExactlyOne(path, config[path], found.length)]);
    }
    return {
      id: key.id,
      label: key.label,
      // What was given is told back as it was: a data source may not change it.
      public_key: config.public_key ?? key.key,
      project_id: config.project_id,
      tags: userTags(key.tags),
      claim_id: claimOf(key.tags),
      fingerprint: key.fingerprint,
      owner_id: key.owner.id,
    };
  },
};

async function find(
  api: MachineApi,
  { id, label, public_key, project_id }: SshKeyDataModel,
  options: CallOptions,
): Promise<SshKey[]> {
  if (id !== null) {
    const key = await api.tryGetSshKey(id, options);
    return key ? [key] : [];
  }
  const all = await api.listSshKeys(project_id ?? undefined, options);
  return all.filter((it) =>
    public_key === null ? it.label === label : keyBody(it.key) === keyBody(public_key),
  );
}
