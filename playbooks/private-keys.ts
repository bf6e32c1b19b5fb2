/**
 * Private keys that the environment holds or that files hold, in whatever way the caller reads files: what may log in is the same
 * for resources and for the command.
 */
import { type Fault, throwIfAny, UserFault } from "../core/faults";
import type { Environment } from "../core/folders";
import { Secret } from "../core/secret";

/** Reads one file with a key. @throws UserFault when it cannot be read */
export type ReadKey = (file: string) => Secret;

/** Variables of the environment: a key itself, and the name of a file with one. */
const VARIABLES = {
  hosts: ["ARMSTEAD_SSH_PRIVATE_KEY", "ARMSTEAD_SSH_PRIVATE_KEY_FILE"],
  bastions: ["ARMSTEAD_BASTION_PRIVATE_KEY", "ARMSTEAD_BASTION_PRIVATE_KEY_FILE"],
} as const;

/** The environment's key for hosts, or for bastions. @throws UserFault as the reader */
export function environmentKey(
  of: keyof typeof VARIABLES,
  environment: Environment,
  read: ReadKey,
): Secret | undefined {
  const [key, file] = VARIABLES[of].map((it) => environment[it]);
  if (key) return new Secret(key);
  return file ? read(file) : undefined;
}

/** Keys by the names of their files. @throws UserFault with every file that cannot be read */
export function readKeys(files: Iterable<string>, read: ReadKey): ReadonlyMap<string, Secret> {
  const faults: Fault[] = [];
  const keys = [...new Set(files)].flatMap((file): [string, Secret][] => {
    try {
      return [[file, read(file)]];
    } catch (error) {
      if (!(error instanceof UserFault)) throw error;
      faults.push(...error.faults);
      return [];
    }
  });
  throwIfAny(faults);
  return new Map(keys);
}
