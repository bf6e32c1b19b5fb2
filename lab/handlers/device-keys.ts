/** Which SSH keys a new device accepts (contract 5.1). */
import { invalid } from "../http/api-error";
import type { Desk } from "../http/route";
import type { SshKeyRecord } from "../store/records";
import type { DeviceCreate } from "./device-input";
import { addSshKey } from "./ssh-keys";
import { tryParsePublicKey } from "./public-key";

/** Keys of a new device; nothing is made yet. */
export interface KeyChoice {
  readonly known: readonly SshKeyRecord[];
  /** Given inline: they become keys of the project. */
  readonly inline: DeviceCreate["ssh_keys"];
}

/** @throws ApiError 422 for an unknown key, and when nobody could log in */
export function chooseKeys(desk: Desk, projectId: string, input: DeviceCreate): KeyChoice {
  const { project_ssh_keys: keyIds, user_ssh_keys: userIds, ssh_keys: inline } = input;
  if (input.no_ssh_keys) return { known: [], inline: [] };
  const ofProject = desk.store.sshKeys.of(projectId);
  const ofUser = desk.store.sshKeys.of(desk.settings().userId);
  const errors = inline
    .filter((it) => tryParsePublicKey(it.key) === undefined)
    .map((it) => `ssh_keys: ${it.label} is not a valid OpenSSH public key`);
  const chosen = keyIds.map((id) => {
    const key = ofProject.find((it) => it.id === id);
    if (key === undefined) errors.push(`project_ssh_keys: ${id} is not a key of the project`);
    return key;
  });
  for (const id of userIds) {
    if (id !== desk.settings().userId) errors.push(`user_ssh_keys: ${id} is not a user`);
  }
  if (errors.length > 0) throw invalid(...errors);
  const explicit = keyIds.length + userIds.length + inline.length > 0;
  const known = explicit
    ? [...chosen.flatMap((it) => it ?? []), ...(userIds.length > 0 ? ofUser : [])]
    : [...ofProject, ...ofUser];
  if (known.length + inline.length === 0) {
    throw invalid("must have at least one SSH key or explicitly send no_ssh_keys option");
  }
  return { known, inline };
}

/** Makes the inline keys, unless the project has them already. @returns all keys, each once */
export function makeKeys(desk: Desk, projectId: string, choice: KeyChoice): SshKeyRecord[] {
  const made = choice.inline.map(({ label, key }) => {
    const fingerprint = tryParsePublicKey(key)?.fingerprint;
    const same = desk.store.sshKeys.of(projectId).find((it) => it.fingerprint === fingerprint);
    return same ?? addSshKey(desk, { kind: "project", id: projectId }, { label, key, tags: [] });
  });
  return [...new Map([...choice.known, ...made].map((it) => [it.id, it])).values()];
}
