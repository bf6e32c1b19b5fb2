/** How to log in: the first key found, else the SSH agent. Keys are read here and stored nowhere. */
import { readFileSync } from "node:fs";
import { describeError, fault, UserFault } from "../../../core/faults";
import type { Environment } from "../../../core/folders";
import { Secret } from "../../../core/secret";
import type { RunOptions } from "../../../playbooks/playbooks";

/** What is offered to hosts. */
export type SshLogin = Pick<RunOptions, "key" | "agent">;

/** Where keys may be. */
export interface KeyPlaces {
  readonly private_key: string | null;
  readonly private_key_path: string | null;
}

/**
 * Finds the key: argument, file, ARMSTEAD_SSH_PRIVATE_KEY, ARMSTEAD_SSH_PRIVATE_KEY_FILE, agent.
 * @returns undefined when there is none of them
 * @throws UserFault AS1825 when a named file cannot be read
 */
export function tryGetLogin(places: KeyPlaces, environment: Environment): SshLogin | undefined {
  if (places.private_key !== null) return { key: new Secret(places.private_key) };
  if (places.private_key_path !== null) {
    return { key: readKey(expandHome(places.private_key_path, environment), "private_key_path") };
  }
  const { ARMSTEAD_SSH_PRIVATE_KEY: key, ARMSTEAD_SSH_PRIVATE_KEY_FILE: file } = environment;
  if (key) return { key: new Secret(key) };
  if (file) return { key: readKey(file, "") };
  return environment.SSH_AUTH_SOCK ? { agent: environment.SSH_AUTH_SOCK } : undefined;
}

/** @throws UserFault AS1824 when there is no way to log in */
export function getLogin(places: KeyPlaces, environment: Environment): SshLogin {
  const login = tryGetLogin(places, environment);
  if (!login) throw new UserFault([fault("AS1824", "")]);
  return login;
}

function readKey(file: string, path: string): Secret {
  try {
    return new Secret(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserFault([fault("AS1825", path, { given: file, hint: describeError(error) })]);
  }
}

function expandHome(file: string, { HOME = "" }: Environment): string {
  return file.startsWith("~/") ? HOME + file.slice(1) : file;
}
