/** Bastions as attributes of resources: the machines through which hosts are reached. Pure, but for the keys' files. */
import { existsSync, readFileSync } from "node:fs";
import { describeError, fault, type Fault, UserFault } from "../../core/faults";
import { type Environment, expandHome } from "../../core/folders";
import { Secret } from "../../core/secret";
import { CERTIFICATE_ENDING, CertifiedKey } from "../../playbooks/certified-key";
import type { InventoryJump } from "../../playbooks/model/inventory-host";
import { environmentKey, readKeys } from "../../playbooks/private-keys";
import type { MaybeUnknown, Schema } from "../framework/resource";
import { isUnknownInside, Unknown } from "../framework/unknown";
import { isPublicKey } from "./public-key";

/** As Terraform sees it: attribute names are a contract with users. */
export interface BastionModel {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly host_keys: readonly string[];
  readonly private_key_path: string | null;
}

const PORT = 22;
const LAST_PORT = 65_535;
const USER = "root";

/** Attributes of a bastion. */
export const BASTION_SCHEMA: Schema = {
  address: { type: "string", required: true, doc: "Name or IP address of the bastion." },
  port: {
    type: "number",
    optional: true,
    computed: true,
    default: PORT,
    doc: `Port of its SSH server. Default: \`${PORT}\`.`,
  },
  user: {
    type: "string",
    optional: true,
    computed: true,
    default: USER,
    doc: `User to log in as. Default: \`${USER}\`.`,
  },
  host_keys: {
    type: ["list", "string"],
    required: true,
    doc: "Allowed host keys, OpenSSH lines. At least one: a bastion is never taken as it comes.",
  },
  private_key_path: {
    type: "string",
    optional: true,
    doc: "File with the private key for the bastion. Default: ARMSTEAD_BASTION_PRIVATE_KEY, ARMSTEAD_BASTION_PRIVATE_KEY_FILE, else the key of the hosts.",
  },
};

/** What is wrong with a bastion; unknown values pass. */
export function checkBastion(path: string, given: MaybeUnknown<BastionModel> | null): Fault[] {
  if (given === null || given instanceof Unknown) return [];
  const { port, host_keys: keys } = given as {
    readonly port: unknown;
    readonly host_keys: MaybeUnknown<readonly string[]>;
  };
  const wrongPort =
    typeof port === "number" && !(Number.isInteger(port) && 1 <= port && port <= LAST_PORT);
  return [
    ...(wrongPort
      ? [fault("AS1839", `${path}.port`, { given: port, allowed: `1 to ${LAST_PORT}` })]
      : []),
    ...(isUnknownInside(keys) ? [] : checkKeys(`${path}.host_keys`, keys as readonly string[])),
  ];
}

function checkKeys(path: string, keys: readonly string[]): Fault[] {
  if (keys.length === 0) return [fault("AS1838", path)];
  return keys.flatMap((key, n) => (isPublicKey(key) ? [] : [fault("AS1838", `${path}[${n}]`)]));
}

/** The bastion as inventories have it. */
export function toJump({ address, port, user, ...rest }: BastionModel): InventoryJump {
  const { host_keys: hostKeys, private_key_path: keyFile } = rest;
  return { address, port, user, hostKeys, ...(keyFile === null ? {} : { keyFile }) };
}

/**
 * Keys that bastions name, by the names of their files.
 * @throws UserFault AS1825 with every file that cannot be read
 */
export function readBastionKeys(
  bastions: readonly (BastionModel | null)[],
  environment: Environment,
): ReadonlyMap<string, Secret> {
  const files = bastions.flatMap((it) => it?.private_key_path ?? []);
  return readKeys(files, (it) => readKey(it, "bastion.private_key_path", environment));
}

/**
 * The key of the environment for bastions that name none.
 * @throws UserFault AS1825
 */
export function bastionKeyOf(environment: Environment): Secret | undefined {
  return environmentKey("bastions", environment, (it) => readKey(it, "", environment));
}

/**
 * A private key out of a file; `~/` is the home of whoever runs Terraform.
 * @throws UserFault AS1825 at the path
 */
export function readKey(file: string, path: string, environment: Environment): Secret {
  try {
    const place = expandHome(file, environment);
    const key = readFileSync(place, "utf8");
    const certificate = `${place}${CERTIFICATE_ENDING}`;
    // As ssh does: where there is one, it is tried first.
    if (!existsSync(certificate)) return new Secret(key);
    return new CertifiedKey(key, readFileSync(certificate, "utf8"));
  } catch (error) {
    throw new UserFault([fault("AS1825", path, { given: file, hint: describeError(error) })]);
  }
}
