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
  /** Variables of its groups where they are not in {@link vars}. */
  readonly groupVars?: GroupVariables;
  /** What the inventory does not say, and a play may: `remote_user`, `port`. */
  readonly open?: { readonly user?: boolean; readonly port?: boolean };
  /** File with its private key, as written. @default - the key of the run */
  readonly keyFile?: string;
  /** The bastion through which it is reached. */
  readonly jump?: InventoryJump;
  /** Its places in its groups and in `all`, from 0, where the order is not that of the names. */
  readonly places?: Readonly<Record<string, number>>;
  /** Identity of the machine behind the host: a new one means a new digest. */
  readonly machineId?: string;
}

/** A bastion: a host through which others are reached. */
export interface InventoryJump {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Allowed host keys, OpenSSH lines without comment; without any, it is not used. */
  readonly hostKeys: readonly string[];
  /** File with its private key, as written. @default - the bastions' key of the run, else the host's */
  readonly keyFile?: string;
}

/** Variables of a host's groups, by where they are written: of the three, the lowest first. */
export interface GroupVariables {
  /** In the inventory itself, of `all` and of the others. */
  readonly written: Readonly<Record<string, unknown>>;
  /** `group_vars/all` beside the inventory. */
  readonly all: Readonly<Record<string, unknown>>;
  /** `group_vars` of the other groups beside the inventory. */
  readonly groups: Readonly<Record<string, unknown>>;
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
