/**
 * The room's public file: check playbooks, digest them by host, run them over SSH.
 * Terraform and HTTP are unknown here.
 */
export type { HostReport, RunEvent, RunReport, TaskStatus } from "./runner/events";

/** A playbook's text and the name that errors show. */
export interface PlaybookSource {
  readonly name: string;
  /** YAML. */
  readonly content: string;
}

/** One SSH target. */
export interface InventoryHost {
  readonly address: string;
  /** @default 22 */
  readonly port?: number;
  readonly user: string;
  /** Allowed host keys, OpenSSH lines without comment. Empty: pinned at first contact by the caller. */
  readonly hostKeys: readonly string[];
  readonly groups: readonly string[];
  readonly vars: Readonly<Record<string, unknown>>;
  /** Identity of the machine behind the host: a new one means a new digest. */
  readonly machineId?: string;
}

/** All hosts by name. */
export type Inventory = Readonly<Record<string, InventoryHost>>;
