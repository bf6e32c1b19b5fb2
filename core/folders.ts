/** Where files of a user's account are kept, by the XDG rules. The environment comes in as an argument. */
import path from "node:path";

/** The environment's variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Downloads and built images; may be deleted at any time. `ARMSTEAD_CACHE_DIR` wins. */
export function cacheFolder(env: Environment): string {
  return env.ARMSTEAD_CACHE_DIR ?? path.join(env.XDG_CACHE_HOME ?? home(env, ".cache"), "armstead");
}

/** The lab's state: store, machines, logs, connection file. `ARMSTEAD_LAB_DIR` wins. */
export function labFolder(env: Environment): string {
  return (
    env.ARMSTEAD_LAB_DIR ??
    path.join(env.XDG_STATE_HOME ?? home(env, path.join(".local", "state")), "armstead", "lab")
  );
}

function home(env: Environment, below: string): string {
  return path.join(env.HOME ?? env.USERPROFILE ?? ".", below);
}
