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

/**
 * Logs of runs of plays, one file a name. `ARMSTEAD_RUN_LOG` wins; `off` writes none.
 * @returns undefined for `off`, and where the user has no folder of their own
 */
export function runLogFolder(env: Environment): string | undefined {
  const { ARMSTEAD_RUN_LOG: named, XDG_STATE_HOME, HOME, USERPROFILE } = env;
  if (named) return named === "off" ? undefined : named;
  if (!XDG_STATE_HOME && !HOME && !USERPROFILE) return undefined;
  const state = XDG_STATE_HOME ?? home(env, path.join(".local", "state"));
  return path.join(state, "armstead", "runs");
}

/** A file's name as a shell reads it: `~/` is the home folder. */
export function expandHome(file: string, { HOME }: Environment): string {
  return HOME !== undefined && file.startsWith("~/") ? path.join(HOME, file.slice(2)) : file;
}

function home(env: Environment, below: string): string {
  return path.join(env.HOME ?? env.USERPROFILE ?? ".", below);
}
