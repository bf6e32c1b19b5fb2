/** Codes of bastions in Terraform's configuration. */
import type { CodeEntry } from "./entry";

/** See the header. */
export const BASTION_CODES = {
  AS1838: {
    title: "a bastion without a host key",
    why: "All connections to hosts go through the bastion, so that its key must be known beforehand: it is not pinned at first contact.",
    fix: "Give the bastion's public host key as OpenSSH writes it, such as the line that `ssh-keyscan -t ed25519 ADDRESS` prints without the address, after comparing it with the bastion's own.",
  },
  AS1839: {
    title: "no port of a bastion",
    why: "Ports of SSH servers are whole numbers from 1 to 65535.",
    fix: "Give the port that the bastion's SSH server listens on.",
  },
} as const satisfies Record<string, CodeEntry>;
