/** The machine through which a cluster's nodes are reached. Its private key is never read: only the path is passed on. */
import { Token } from "cdktf";
import type { BastionSpec, FileReference } from "../cluster";
import { AGENT } from "../cluster/agent";
import { type PathBase, resolveFile } from "../cluster/references";
import { escapeAroundTokens } from "./expression";

/** A bastion; all of it may be tokens, such as of a device that the same stack makes. */
export interface BastionProps {
  /** Name or IP address. */
  readonly address: string;
  /** Port of its sshd. @default 22 */
  readonly port?: number;
  /** User that logs in there. @default root */
  readonly user?: string;
  /** Its host keys, as OpenSSH writes public keys: at least one, none is taken that is not given. */
  readonly hostKeys: readonly string[];
  /** Path of the private key for it, or `agent`. @default - the private key of the nodes */
  readonly privateKey?: string | FileReference;
}

/** A bastion with its defaults. */
export interface Bastion extends Omit<BastionProps, "port" | "user" | "privateKey"> {
  readonly port: number;
  readonly user: string;
  /** A token of its path as it is. Undefined: an SSH agent, or the provider's environment. */
  readonly privateKey: FileReference | string | undefined;
}

/** What resources of the provider take. */
export interface BastionArguments {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeys: readonly string[];
  readonly privateKeyPath?: string;
}

/** Settles a bastion; `ofNodes` is the key of the nodes. */
export function resolveBastion(
  { address, port = 22, user = "root", hostKeys, privateKey }: BastionProps,
  ofNodes: Bastion["privateKey"],
  base: PathBase,
): Bastion {
  const place = { address, port, user, hostKeys };
  if (privateKey === undefined) return { ...place, privateKey: ofNodes };
  if (privateKey === AGENT) return { ...place, privateKey: undefined };
  const isPath = typeof privateKey === "string" && !Token.isUnresolved(privateKey);
  return { ...place, privateKey: isPath ? resolveFile(privateKey, base) : privateKey };
}

/** As a cluster file describes it; where its key is, no rule asks. */
export function describeBastion({ address, port, user, hostKeys }: Bastion): BastionSpec {
  return { address, port, user, hostKeys };
}

/** As resources take it; `keyPath` is the path of its key, escaped. */
export function bastionArguments(
  { address, port, user, hostKeys }: Bastion,
  keyPath: string | undefined,
): BastionArguments {
  const place = escapeAroundTokens({ address, port, user, hostKeys });
  return { ...place, ...(keyPath === undefined ? {} : { privateKeyPath: keyPath }) };
}
