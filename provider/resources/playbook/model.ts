/** `armstead_playbook` as Terraform sees it: attribute names are a contract with users. */
import type { Dynamic } from "../../protocol/dynamic";
import type { BastionModel } from "../bastion";

/** One playbook, or a file that another one includes. */
export interface SourceModel {
  readonly name: string;
  readonly content: string;
}

/** One SSH target. */
export interface HostModel {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly host_keys: readonly string[] | null;
  readonly groups: readonly string[] | null;
  readonly vars: Readonly<Record<string, string>> | null;
  readonly machine_id: string | null;
  readonly bastion: BastionModel | null;
}

/** What becomes of hosts that fail. */
export const ON_FAILURE = ["error", "record"] as const;
/** What runs the playbooks. */
export const RUNNERS = ["armstead", "ansible"] as const;
/** How drift is looked for. */
export const DRIFT = ["full", "fast", "off"] as const;

/** All attributes; write-only ones are null outside config. */
export interface PlaybookModel {
  readonly id: string;
  readonly name: string;
  readonly playbooks: readonly SourceModel[];
  readonly destroy_playbooks: readonly SourceModel[] | null;
  readonly files: Readonly<Record<string, string>> | null;
  readonly hosts: Readonly<Record<string, HostModel>>;
  readonly vars: Dynamic | null;
  readonly secret_vars: Readonly<Record<string, string>> | null;
  readonly secret_vars_version: number | null;
  readonly vault_passwords: Readonly<Record<string, string>> | null;
  readonly private_key: string | null;
  readonly private_key_path: string | null;
  readonly private_key_passphrase: string | null;
  readonly bastion: BastionModel | null;
  readonly bastion_private_key: string | null;
  readonly forks: number;
  readonly tags: readonly string[] | null;
  readonly skip_tags: readonly string[] | null;
  readonly runner: (typeof RUNNERS)[number];
  readonly drift: (typeof DRIFT)[number];
  readonly on_failure: (typeof ON_FAILURE)[number];
  /** By host: a digest, or what is not as it should be (see `applied.ts`). */
  readonly applied: Readonly<Record<string, string>>;
  /** By host: why it was touched last (see `touches.ts`); null in a state of an earlier version. */
  readonly touches: Readonly<Record<string, string>> | null;
  /** By host without `host_keys`: the key seen at first contact; null before it. */
  readonly pinned_host_keys: Readonly<Record<string, string | null>>;
}
