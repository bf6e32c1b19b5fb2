/** Logins of this machine's user, from the file in which docker, podman and skopeo keep them. Reads only. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "../core/folders";
import { loginIn } from "./docker-config";
import type { RegistryLogin } from "./place";

/**
 * Gives logins by host. The file is REGISTRY_AUTH_FILE, or config.json of DOCKER_CONFIG or ~/.docker.
 * A file that cannot be read has none.
 */
export function dockerLogins(
  environment: Environment,
): (host: string) => RegistryLogin | undefined {
  let text: string | undefined;
  return (host) => {
    text ??= readIfThere(fileOf(environment));
    return loginIn(text, host);
  };
}

function fileOf({ REGISTRY_AUTH_FILE, DOCKER_CONFIG, HOME }: Environment): string | undefined {
  if (REGISTRY_AUTH_FILE) return REGISTRY_AUTH_FILE;
  const folder = DOCKER_CONFIG ?? (HOME === undefined ? undefined : path.join(HOME, ".docker"));
  return folder === undefined ? undefined : path.join(folder, "config.json");
}

function readIfThere(file: string | undefined): string {
  try {
    return file === undefined ? "" : readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
