/** Makes an SSH key, or takes over the one that an interrupted create under the same claim has made. */
import type { MachineApi, SshKey } from "../../api/api";
import { isApiFault } from "../../api/fault";
import type { CallOptions } from "../../core/bounded";
import { APPLY_TAG, carries, claimTags } from "./claim-tags";
import { keyBody, sameKeyLine } from "./public-key";
import { rescueOptions } from "./rescue";
import type { WantedKey } from "./wanted-key";

/** What creating needs. */
export interface CreateKeyContext {
  readonly api: MachineApi;
  readonly newId: () => string;
}

/** See the header. */
export async function createSshKey(
  { api, newId }: CreateKeyContext,
  wanted: WantedKey,
  options: CallOptions,
): Promise<SshKey> {
  const { projectId, label, claimId } = wanted;
  const own = claimTags(claimId, label);
  const left = claimId === null ? undefined : await find(api, projectId, own, options);
  if (left) return conform(api, left, wanted, options);
  // Without a claim a tag of this one create finds the key again when the answer is lost.
  const marks = claimId === null ? [`${APPLY_TAG}${newId()}`] : own;
  const input = { label, key: wanted.key, tags: [...(wanted.tags ?? []), ...marks] };
  try {
    return await api.createSshKey(projectId, input, options);
  } catch (error) {
    const made = isApiFault(error, "AS2003")
      ? await find(api, projectId, marks, rescueOptions(options))
      : await findDuplicate(api, wanted, error, options);
    if (!made) throw error;
    return conform(api, made, wanted, options);
  }
}

async function find(
  api: MachineApi,
  projectId: string | undefined,
  tags: readonly string[],
  options: CallOptions,
): Promise<SshKey | undefined> {
  return (await api.listSshKeys(projectId, options)).find((it) => carries(it, tags));
}

/** The API refuses a key it has already: under the same claim it is ours, else somebody's. */
async function findDuplicate(
  api: MachineApi,
  { projectId, key, claimId, label }: WantedKey,
  error: unknown,
  options: CallOptions,
): Promise<SshKey | undefined> {
  if (!isApiFault(error, "AS2104") || claimId === null) return undefined;
  const [claim = ""] = claimTags(claimId, label);
  const all = await api.listSshKeys(projectId, options);
  return all.find((it) => carries(it, [claim]) && keyBody(it.key) === keyBody(key));
}

/** Brings a found key to what is wanted; no request when it is that already. */
async function conform(
  api: MachineApi,
  found: SshKey,
  { label, key, tags, claimId }: WantedKey,
  options: CallOptions,
): Promise<SshKey> {
  const all = [...(tags ?? []), ...claimTags(claimId, label)];
  const same = found.label === label && sameKeyLine(found.key, key) && carries(found, all);
  return same ? found : api.updateSshKey(found.id, { label, key, tags: all }, options);
}
