/** What resources need beside the API: time, chance and a look at a host's key. Passed in, so that tests decide. */
import type { Sleep } from "../../core/bounded";
import type { ScanOptions } from "../../playbooks/runner/transport/scan-host-key";

/** Where an SSH server listens. */
export interface SshAddress {
  readonly address: string;
  readonly port: number;
}

/** Fetches a server's host key as an OpenSSH line; rejects when none answers in time. */
export type ScanHostKey = (at: SshAddress, options: ScanOptions) => Promise<string>;

/** See the header. */
export interface ResourceEnvironment {
  readonly sleep: Sleep;
  /** Makes a random UUID. */
  readonly newId: () => string;
  readonly scanHostKey: ScanHostKey;
}
