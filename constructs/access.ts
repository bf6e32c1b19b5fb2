/** How nodes are reached: user, port, keys. Private keys are never read: only their path is passed on. */
import path from "node:path";
import { App, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import type { FileReference, MetalSpec, PublicKey } from "../cluster";
import { AGENT } from "../cluster/agent";
import { type PathBase, readPublicKey, resolveFile } from "../cluster/references";
import { LAB_ENDPOINT, LAB_SSH_PORT } from "../core/lab-defaults";
import { type Bastion, type BastionProps, resolveBastion } from "./bastion";
import { escapeTemplate } from "./expression";
import { valueOf } from "./files";
import { known } from "./known";

/** Access of a cluster. */
export interface AccessProps {
  /** User that logs in by SSH. @default root */
  readonly user?: string;
  /** Public keys, or paths of their files. @default ["~/.ssh/id_ed25519.pub"] */
  readonly sshKeys?: readonly (string | PublicKey)[];
  /** Path of the private key, or `agent`. @default - the first public key's path without .pub */
  readonly privateKey?: string | FileReference;
  /** Port of sshd. @default - 22, or 2222 in the lab */
  readonly port?: number;
  /**
   * Whether the public keys are added to the project; else it has them, and they are looked up. A project
   * takes each key once: clusters of one stack share it, of several stacks one at most may add it. @default true
   */
  readonly createKeys?: boolean;
  /** Machine through which nodes are reached: SSH is waited for and plays run through it. @default - none */
  readonly bastion?: BastionProps;
}

/** Access with its defaults, and its keys read. */
export interface Access {
  readonly user: string;
  readonly port: number;
  readonly createKeys: boolean;
  readonly sshKeys: readonly PublicKey[];
  /** A token of its path as it is. Undefined: an SSH agent, or the provider's environment. */
  readonly privateKey: FileReference | string | undefined;
  readonly bastion: Bastion | undefined;
}

/**
 * Settles access.
 * @throws UserFault AS1211, AS1212, AS1604 when a public key cannot be read
 */
export function resolveAccess(props: AccessProps, { endpoint }: MetalSpec, base: PathBase): Access {
  const sshKeys = (props.sshKeys ?? ["~/.ssh/id_ed25519.pub"]).map((it, n) => {
    const at = `access.sshKeys[${n}]`;
    return typeof it === "string" ? valueOf(readPublicKey(known(it, at), base), at) : it;
  });
  const privateKey = privateKeyOf(props.privateKey, sshKeys, base);
  return {
    user: props.user ?? "root",
    port: props.port ?? (endpoint === LAB_ENDPOINT ? LAB_SSH_PORT : 22),
    createKeys: props.createKeys ?? true,
    sshKeys,
    privateKey,
    bastion: props.bastion && resolveBastion(props.bastion, privateKey, base),
  };
}

function privateKeyOf(
  given: AccessProps["privateKey"],
  sshKeys: readonly PublicKey[],
  base: PathBase,
): Access["privateKey"] {
  if (given === AGENT) return undefined;
  if (typeof given === "string" && Token.isUnresolved(given)) return given;
  if (given !== undefined) return typeof given === "string" ? resolveFile(given, base) : given;
  const suffix = ".pub";
  const pair = sshKeys.find(({ written }) => written.endsWith(suffix));
  return (
    pair && {
      written: pair.written.slice(0, -suffix.length),
      absolute: pair.absolute.slice(0, -suffix.length),
    }
  );
}

/**
 * Path of the private key as the provider reads it: `~` is the home of whoever runs Terraform, and a
 * relative path leads from the stack's folder. Thus neither the synthesized JSON nor the state, which
 * several people may share, names a machine.
 */
export function privateKeyPath(
  { privateKey }: Pick<Access, "privateKey">,
  scope: Construct,
): string | undefined {
  if (privateKey === undefined || typeof privateKey === "string") return privateKey;
  const { written, absolute } = privateKey;
  if (path.isAbsolute(written) || written.startsWith("~/")) return escapeTemplate(written);
  const stack = TerraformStack.of(scope);
  const folder = path.resolve(App.of(scope).outdir, "stacks", stack.node.id);
  return escapeTemplate(path.relative(folder, absolute).split(path.sep).join("/"));
}
