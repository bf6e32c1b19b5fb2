/**
 * Names of container images that name another architecture. No index of theirs can hold arm64, so
 * looking one up proves nothing: the name itself has to change. Pure.
 */
import type { Reference } from "./reference";

const AMD64 = /-(?:amd64|x86[_-]64)(?![a-z0-9])/g;

/** The reference by its arm64 name; undefined where the name does not name another architecture. */
export function tryArm64Name(it: Reference): Reference | undefined {
  const repository = it.repository.replace(AMD64, "-arm64");
  const tag = it.tag?.replace(AMD64, "-arm64");
  if (repository === it.repository && tag === it.tag) return undefined;
  // The digest is that of the other architecture's image.
  return { registry: it.registry, repository, ...(tag === undefined ? {} : { tag }) };
}
