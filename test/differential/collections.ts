/** The collections that Debian's ansible-core lacks, where ansible/fetch-collections puts them. */
import { existsSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../../core/folders";

const NEEDED = ["ansible/posix", "community/general"];

/**
 * What ANSIBLE_COLLECTIONS_PATH is set to.
 * @throws when they are not there, with what to do: cases would end for a reason that is not theirs
 */
export function collectionsFolder(): string {
  const folder = path.join(cacheFolder(process.env), "ansible-collections");
  const missing = NEEDED.filter((it) => !existsSync(path.join(folder, "ansible_collections", it)));
  if (missing.length === 0) return folder;
  throw new Error(
    `no collection ${missing.join(" and ")} in ${folder}: run test/differential/ansible/fetch-collections, which takes ` +
      "17 MB from Debian's package ansible, without installing it",
  );
}
