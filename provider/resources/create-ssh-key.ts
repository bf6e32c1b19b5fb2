/** Makes an SSH key, or takes over the one that an interrupted create under the same claim has made. */
import type { MachineApi, SshKey } from "../../api/api";
import { isApiFault } from "../../api/fault";
import type { CallOptions } from "../../core/bounded";
import { fault, UserFault } from "../../core/faults";
import { applyTag, applyTags, carries, claimTags, isUnderWay, leftTags } from "./claim-tags";
import type { Held } from "./held";
import { markTold } from "./marks";
import { keyBody, sameKeyLine } from "./public-key";
import { refuseTaken } from "./refuse-taken";
import { rescueOptions } from "./rescue";
import type { WantedKey } from "./wanted-key";

/** What creating needs. */
export interface CreateKeyContext {
  readonly api: MachineApi;
  readonly newId: () => string;
  readonly held: Held;
}

/**
 * See the header.
 * @throws UserFault AS1860 when another resource makes a key of this label, AS1867 when another one may have
 * it, AS1868 when the public key is there already
 */
export async function createSshKey(
  context: CreateKeyContext,
  wanted: WantedKey,
  options: CallOptions,
): Promise<SshKey> {
  const { api, held } = context;
  const left = await findLeft(context, wanted, options);
  const made = left ?? (await request(context, wanted, options));
  held.take(made);
  const key = left ? await conform(api, left, wanted, options) : made;
  await markTold(key, (tags, more) => api.updateSshKey(key.id, { tags }, more), options);
  return key;
}

async function findLeft(
  { api, held }: CreateKeyContext,
  { projectId, label, claimId }: WantedKey,
  options: CallOptions,
): Promise<SshKey | undefined> {
  if (claimId === null) return undefined;
  const marks = leftTags(claimId, label);
  const found = (await api.listSshKeys(projectId, options)).filter((it) => carries(it, marks));
  refuseTaken(held, found, { path: "label", name: label, kind: "SSH key" });
  const [first] = found;
  if (first) held.take(first);
  return first;
}

async function request(
  context: CreateKeyContext,
  wanted: WantedKey,
  options: CallOptions,
): Promise<SshKey> {
  const { api, newId, held } = context;
  const { projectId, label, claimId } = wanted;
  // The tag of this one create finds the key again when the answer is lost.
  const apply = applyTag(newId());
  held.expect(apply);
  const tags = [...(wanted.tags ?? []), ...leftTags(claimId, label), apply];
  try {
    return await api.createSshKey(projectId, { label, key: wanted.key, tags }, options);
  } catch (error) {
    const found = isApiFault(error, "AS2003")
      ? (await api.listSshKeys(projectId, rescueOptions(options))).find((it) =>
          carries(it, [apply]),
        )
      : await takeDuplicate(context, wanted, error, options);
    if (!found) throw error;
    return found;
  }
}

/** The API refuses a key that it has already: what a create of the claim has left is ours, else it is told whose it is. */
async function takeDuplicate(
  { api, held }: CreateKeyContext,
  wanted: WantedKey,
  error: unknown,
  options: CallOptions,
): Promise<SshKey | undefined> {
  const { projectId, key, claimId } = wanted;
  if (!isApiFault(error, "AS2104")) return undefined;
  const all = await api.listSshKeys(projectId, options);
  const twin = all.find((it) => keyBody(it.key) === keyBody(key));
  if (!twin) return undefined;
  const isLeft = claimId !== null && carries(twin, claimTags(claimId)) && isUnderWay(twin);
  if (isLeft && !held.has(twin)) {
    held.take(twin);
    return conform(api, twin, wanted, options);
  }
  const owner = projectId === undefined ? "the user" : `project ${projectId}`;
  const problem = `${owner} has this public key already, as SSH key ${twin.id} with the label`;
  throw new UserFault([fault("AS1868", "public_key", { problem, given: twin.label })]);
}

/** Brings a key that was left to what is wanted, marks kept; no request when it is that already. */
async function conform(
  api: MachineApi,
  found: SshKey,
  { label, key, tags, claimId }: WantedKey,
  options: CallOptions,
): Promise<SshKey> {
  const all = [...(tags ?? []), ...leftTags(claimId, label), ...applyTags(found)];
  const same = found.label === label && sameKeyLine(found.key, key) && carries(found, all);
  return same ? found : api.updateSshKey(found.id, { label, key, tags: all }, options);
}
