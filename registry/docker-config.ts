/**
 * Logins as docker, podman and skopeo keep them: `auths` of config.json. Credential helpers are
 * programs, and are not run. Pure.
 */
import type { RegistryLogin } from "./place";

const DOCKER_HUB_KEYS = ["docker.io", "index.docker.io", "https://index.docker.io/v1/"];

/**
 * The login of a registry.
 * @param text - config.json; what cannot be read has no logins
 * @param host - host and port
 */
export function loginIn(text: string, host: string): RegistryLogin | undefined {
  const auths = readAuths(text);
  const keys = DOCKER_HUB_KEYS.includes(host) ? DOCKER_HUB_KEYS : [host, `https://${host}`];
  for (const key of keys) {
    const entry = auths[key];
    const login = entry === undefined ? undefined : loginOf(entry);
    if (login) return login;
  }
  return undefined;
}

function readAuths(text: string): Readonly<Record<string, unknown>> {
  try {
    const { auths } = JSON.parse(text) as { auths?: unknown };
    return typeof auths === "object" && auths !== null ? (auths as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function loginOf(entry: unknown): RegistryLogin | undefined {
  const { auth } = (entry ?? {}) as { auth?: unknown };
  if (typeof auth !== "string") return undefined;
  const [, username, password] =
    /^([^:]+):([^]+)$/.exec(Buffer.from(auth, "base64").toString("utf8")) ?? [];
  return username === undefined || password === undefined ? undefined : { username, password };
}
