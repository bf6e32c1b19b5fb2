/**
 * Every error code of Armstead, put together from one table a room. docs/errors.md
 * is generated from here, and a test keeps both equal. Codes are never reused.
 */
import { ANSIBLE_CODES } from "./codes/ansible";
import { API_CODES } from "./codes/api";
import { BASTION_CODES } from "./codes/bastion";
import { BUG_CODES } from "./codes/bug";
import { CLI_CODES } from "./codes/cli";
import { CLUSTER_CODES } from "./codes/cluster";
import { CONSTRUCTS_CODES } from "./codes/constructs";
import { DEMO_CODES } from "./codes/demo";
import { DEPLOYMENT_CODES } from "./codes/deployments";
import { type CodeEntry } from "./codes/entry";
import { HOST_CODES } from "./codes/host";
import { KERNEL_CODES } from "./codes/kernel";
import { LAB_CODES } from "./codes/lab";
import { LINUXKIT_CODES } from "./codes/linuxkit";
import { NETBOOT_CODES } from "./codes/netboot";
import { PLAYBOOK_CODES } from "./codes/playbook";
import { PROVIDER_CODES } from "./codes/provider";
import { REGISTRY_CODES } from "./codes/registry";
import { STARLINGX_CODES } from "./codes/starlingx";
import { VAULT_CODES } from "./codes/vault";

/** All codes. AS1…: the user's input; AS2…: the outer world; AS3…: a bug. */
export const CODES = {
  ...CLI_CODES,
  ...CLUSTER_CODES,
  ...PLAYBOOK_CODES,
  ...VAULT_CODES,
  ...CONSTRUCTS_CODES,
  ...PROVIDER_CODES,
  ...BASTION_CODES,
  ...REGISTRY_CODES,
  ...ANSIBLE_CODES,
  ...API_CODES,
  ...HOST_CODES,
  ...LAB_CODES,
  ...KERNEL_CODES,
  ...DEPLOYMENT_CODES,
  ...LINUXKIT_CODES,
  ...NETBOOT_CODES,
  ...STARLINGX_CODES,
  ...DEMO_CODES,
  ...BUG_CODES,
} as const satisfies Record<string, CodeEntry>;

export type { CodeEntry };
/** Any code. */
export type Code = keyof typeof CODES;
/** A code of a fault in the user's input. */
export type UserCode = Extract<Code, `AS1${string}`>;
/** A code of a fault of the outer world. */
export type OuterCode = Extract<Code, `AS2${string}`>;
