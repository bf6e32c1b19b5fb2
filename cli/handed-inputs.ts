/**
 * Inputs that a null resource of Terraform hands to `armstead play`: JSON in base64, cut into pieces that
 * the environment takes, NAME_0, NAME_1, …
 */
import { z } from "zod";
import { fault, UserFault } from "../core/faults";
import type { Environment } from "../core/folders";
import { type InventoryJump, SSH_PORT } from "../playbooks/model/inventory-host";
import type { Inventory, PlaybookSource } from "../playbooks/playbooks";

/** See the header. */
export interface HandedInputs {
  readonly inventory: Inventory;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly privateKeyPath?: string | undefined;
  /** The playbooks themselves, where files may be gone. */
  readonly playbooks?: readonly PlaybookSource[] | undefined;
  readonly files?: Readonly<Record<string, string>> | undefined;
}

const bastionSchema = z.object({
  address: z.string(),
  port: z.coerce.number().int().default(SSH_PORT),
  user: z.string().default("root"),
  host_keys: z.array(z.string()),
  private_key_path: z.string().nullish(),
});
const hostSchema = z.object({
  address: z.string(),
  port: z.coerce.number().int(),
  user: z.string(),
  host_keys: z.array(z.string()).nullish(),
  groups: z.array(z.string()).nullish(),
  vars: z.record(z.string(), z.unknown()).nullish(),
  bastion: bastionSchema.nullish(),
});
const inputsSchema = z.object({
  hosts: z.record(z.string(), hostSchema),
  vars: z.record(z.string(), z.unknown()).nullish(),
  private_key_path: z.string().nullish(),
  bastion: bastionSchema.nullish(),
  playbooks: z.array(z.object({ name: z.string(), content: z.string() })).nullish(),
  files: z.record(z.string(), z.string()).nullish(),
});

/**
 * Reads the inputs.
 * @param name - of the variables, without the number
 * @throws UserFault AS1004 when they are not there, or are no inputs
 */
export function readHandedInputs(
  name: string,
  { environment }: { readonly environment: Environment },
): HandedInputs {
  const { hosts, ...it } = parse(name, piecesOf(name, environment));
  const inventory = Object.entries(hosts).map(([host, { address, port, user, ...rest }]) => {
    const { host_keys: hostKeys, groups, vars } = rest;
    const bastion = rest.bastion ?? it.bastion;
    const entry = { address, port, user, hostKeys: hostKeys ?? [], groups: groups ?? [] };
    const jump = bastion ? { jump: jumpOf(bastion) } : {};
    return [host, { ...entry, vars: vars ?? {}, ...jump }] as const;
  });
  return {
    inventory: Object.fromEntries(inventory),
    vars: it.vars ?? {},
    privateKeyPath: it.private_key_path ?? undefined,
    playbooks: it.playbooks ?? undefined,
    files: it.files ?? undefined,
  };
}

function jumpOf({
  host_keys: hostKeys,
  private_key_path: keyFile,
  ...place
}: z.output<typeof bastionSchema>): InventoryJump {
  return { ...place, hostKeys, ...(keyFile ? { keyFile } : {}) };
}

function piecesOf(name: string, environment: Environment): string {
  const pieces: string[] = [];
  for (let n = 0; ; n += 1) {
    const piece = environment[`${name}_${n}`];
    if (piece === undefined) return pieces.join("");
    pieces.push(piece);
  }
}

function parse(name: string, text: string): z.output<typeof inputsSchema> {
  try {
    return inputsSchema.parse(JSON.parse(Buffer.from(text, "base64").toString("utf8")));
  } catch {
    throw new UserFault([fault("AS1004", "-i", { given: `${name}_0` })]);
  }
}
