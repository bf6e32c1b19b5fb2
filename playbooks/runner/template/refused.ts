/** Filters and tests of Ansible that cannot be had here, with the nearest form. */

const ON_THE_CONTROLLER =
  "the machine that runs the plays is not looked at: use the module stat on the node";
const WITH_A_CLOCK =
  "times are not reckoned here: use the fact ansible_date_time, or the command date on the node";
const AT_HOME = "the machine that runs the plays is not looked at: write the path";

/** By name. */
export const REFUSED_CALLABLES: ReadonlyMap<string, string> = new Map([
  ["vault", "files are encrypted before they travel"],
  ["unvault", "files are decrypted before they travel"],
  ["strftime", WITH_A_CLOCK],
  ["to_datetime", WITH_A_CLOCK],
  ["now", WITH_A_CLOCK],
  ["expanduser", AT_HOME],
  ["expandvars", AT_HOME],
  ["realpath", AT_HOME],
  ["fileglob", "use the lookup fileglob, which finds travelling files"],
  ...["directory", "exists", "file", "link", "link_exists", "mount", "same_file"].flatMap((it) => [
    [it, ON_THE_CONTROLLER] as const,
    [`is_${it.replace("directory", "dir")}`, ON_THE_CONTROLLER] as const,
  ]),
]);
