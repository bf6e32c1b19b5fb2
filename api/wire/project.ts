/** Projects and the user behind the token as the API spells them. */
import { z } from "zod";
import type { ApiUser, Project, ProjectInput } from "../api";
import { hrefWire, idOfHref, optionalText, textList } from "./href";

/** A project on the wire. */
export const projectWire = z.object({
  id: z.string().min(1),
  name: z.string(),
  organization: hrefWire.nullish().catch(undefined),
  backend_transfer_enabled: z.boolean().nullish(),
  tags: textList,
  created_at: optionalText,
});

/** The user behind the token. */
export const userWire = z.object({ id: z.string(), email: optionalText });

/** Wire → ours. */
export function projectFromWire(wire: z.output<typeof projectWire>): Project {
  return {
    id: wire.id,
    name: wire.name,
    organizationId: wire.organization ? idOfHref(wire.organization.href) : undefined,
    backendTransferEnabled: wire.backend_transfer_enabled ?? false,
    tags: wire.tags,
    createdAt: wire.created_at ?? "",
  };
}

/** Wire → ours. */
export function userFromWire(wire: z.output<typeof userWire>): ApiUser {
  return { id: wire.id, email: wire.email ?? "" };
}

/** Ours → body of a create: the transfer switch can be set by an update only. */
export function projectInputToWire(input: ProjectInput): Readonly<Record<string, unknown>> {
  return { name: input.name, organization_id: input.organizationId, tags: input.tags };
}

/** Ours → body of an update: only what is given; the organization never changes. */
export function projectChangesToWire(
  changes: Partial<ProjectInput>,
): Readonly<Record<string, unknown>> {
  return {
    name: changes.name,
    tags: changes.tags,
    backend_transfer_enabled: changes.backendTransferEnabled,
  };
}
