/** A LinuxKit image as the YAML that `linuxkit build` reads. Pure; the same image gives the same bytes. */
import { stringify } from "yaml";
import type { LinuxkitFile } from "./schema/linuxkit-file";

/** In the order in which linuxkit works, so that a reader finds things where they happen. */
const ORDER = ["kernel", "init", "volumes", "onboot", "onshutdown", "services", "files"] as const;

/** See the header. All text is quoted: modes, yes and no stay what they are in any reader. */
export function renderLinuxkit(image: LinuxkitFile): string {
  const ordered = ORDER.flatMap((key) => (image[key] === undefined ? [] : [[key, image[key]]]));
  return stringify(Object.fromEntries(ordered), {
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}
