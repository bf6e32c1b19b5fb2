/** One SSH target of an inventory. */

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
  /** Variables of its groups where they are not in {@link vars}: lowest first, `all` before the others. */
  readonly groupVars?: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  /** What the inventory does not say, and a play may: `remote_user`, `port`. */
  readonly open?: { readonly user?: boolean; readonly port?: boolean };
  /** Identity of the machine behind the host: a new one means a new digest. */
  readonly machineId?: string;
}

/** All hosts by name. */
export type Inventory = Readonly<Record<string, InventoryHost>>;

/** A host of which not everything is known yet: a plan of Terraform before its first apply. */
export interface UnknownHost {
  readonly unknown: true;
  /** Undefined when these are not known either. */
  readonly groups: readonly string[] | undefined;
}

/** @default 22 */
export const SSH_PORT = 22;
