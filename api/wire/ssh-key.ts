/** SSH keys as the API spells them. */
import { z } from "zod";
import type { SshKey, SshKeyInput } from "../api";
import { hrefWire, idOfHref, optionalText, textList } from "./href";

/** A key on the wire. */
export const sshKeyWire = z.object({
  id: z.string().min(1),
  label: optionalText,
  key: z.string(),
  fingerprint: optionalText,
  tags: textList,
  entity: hrefWire.nullish(),
});

/** Wire → ours. */
export function sshKeyFromWire(wire: z.output<typeof sshKeyWire>): SshKey {
  const owner = wire.entity?.href ?? "";
  return {
    id: wire.id,
    label: wire.label ?? "",
    key: wire.key,
    fingerprint: wire.fingerprint ?? "",
    tags: wire.tags,
    owner: { kind: /(^|\/)projects\//.test(owner) ? "project" : "user", id: idOfHref(owner) },
  };
}

/** Ours → body of a create or an update: only what is given. */
export function sshKeyToWire(input: Partial<SshKeyInput>): Readonly<Record<string, unknown>> {
  return { label: input.label, key: input.key, tags: input.tags };
}
