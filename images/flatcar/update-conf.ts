/**
 * How Flatcar updates itself: /etc/flatcar/update.conf. Source: flatcar.org/docs/latest/setup/releases/update-conf.
 * Updates are told by Omaha; nebraska is a server for sites of one's own. Pure.
 */
import type { FlatcarChannel } from "./channels";

/** Where the file is; /etc/coreos is a link to its folder. */
export const UPDATE_CONF = "/etc/flatcar/update.conf";
/** Server that is asked when none is named. */
export const PUBLIC_UPDATE_SERVER = "https://public.update.flatcar-linux.net/v1/update/";
/** Flatcar's number among what an update server serves. */
export const UPDATE_APP_ID = "{e96281a6-d1af-4bde-9a0a-97b76e56dc57}";

/** Settings of the file. */
export interface UpdateSettings {
  readonly group?: FlatcarChannel | undefined;
  /** URL. @default - {@link PUBLIC_UPDATE_SERVER} */
  readonly server?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** When a new version starts. */
  readonly reboot?: string | undefined;
}

/** The file's text; empty when there is nothing to say. */
export function updateConf({ group, server, enabled = true, reboot }: UpdateSettings): string {
  const lines = {
    GROUP: group,
    SERVER: enabled ? server : "disabled",
    REBOOT_STRATEGY: reboot,
  };
  return Object.entries(lines)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}\n`]))
    .join("");
}
