/** Schema of `armstead_playbook`. */
import type { Attribute, Schema } from "../../framework/resource";
import { BASTION_SCHEMA } from "../bastion";
import { DRIFT, ON_FAILURE, RUNNERS } from "./model";

/** Hosts worked on at once. */
const DEFAULT_FORKS = 25;
const SSH_PORT = 22;

const SOURCE: Schema = {
  name: {
    type: "string",
    required: true,
    doc: "Name that errors show, and other playbooks import.",
  },
  content: { type: "string", required: true, doc: "YAML." },
};

const HOST: Schema = {
  address: { type: "string", required: true, doc: "Name or IP address of the SSH server." },
  port: optional("number", "Port of the SSH server.", SSH_PORT),
  user: optional("string", "User to log in as.", "root"),
  host_keys: {
    type: ["list", "string"],
    optional: true,
    doc: "Allowed host keys, OpenSSH lines without comment. Without any, the key seen first is pinned.",
  },
  groups: { type: ["list", "string"], optional: true, doc: "Groups that the host is in." },
  vars: { type: ["map", "string"], optional: true, doc: "Variables of this host." },
  machine_id: {
    type: "string",
    optional: true,
    doc: "Identity of the machine, such as a device id: a new one means that everything is to be done again.",
  },
  bastion: {
    nested: { nesting: "single", attributes: BASTION_SCHEMA },
    optional: true,
    doc: "Bastion through which this host is reached, instead of that of all hosts.",
  },
};

/** All attributes, in the order of the reference. */
export const PLAYBOOK_SCHEMA: Schema = {
  id: { type: "string", computed: true, doc: "Random UUID." },
  name: { type: "string", required: true, doc: "Name shown in messages and in the run log." },
  playbooks: {
    nested: { nesting: "list", attributes: SOURCE },
    required: true,
    doc: "Playbooks, run in this order.",
  },
  hosts: {
    nested: { nesting: "map", attributes: HOST },
    required: true,
    doc: "SSH targets by their names in the inventory.",
  },
  files: {
    type: ["map", "string"],
    optional: true,
    doc: "Files that travel with the playbooks: content by path, such as `templates/etcd.conf.j2`.",
  },
  vars: { type: "dynamic", optional: true, doc: "An object of variables for all hosts." },
  secret_vars: {
    type: ["map", "string"],
    optional: true,
    writeOnly: true,
    doc: "Variables that are stored nowhere, so that a refresh does not judge tasks that read one. Needs `secret_vars_version`.",
  },
  secret_vars_version: {
    type: "number",
    optional: true,
    doc: "Raise it when a secret variable changed: then all hosts run.",
  },
  vault_passwords: {
    type: ["map", "string"],
    optional: true,
    writeOnly: true,
    doc: "Passwords of ansible-vault by label, stored nowhere; `default` for vaults without one. Plan and state hold encrypted texts alone. Reading drift and destroy need them too: name a file in ANSIBLE_VAULT_PASSWORD_FILE.",
  },
  private_key: {
    type: "string",
    optional: true,
    writeOnly: true,
    doc: "OpenSSH private key, stored nowhere. Reading drift and destroy need the key too: give them `private_key_path`, ARMSTEAD_SSH_PRIVATE_KEY, ARMSTEAD_SSH_PRIVATE_KEY_FILE or an SSH agent.",
  },
  private_key_path: { type: "string", optional: true, doc: "File with the OpenSSH private key." },
  private_key_passphrase: {
    type: "string",
    optional: true,
    writeOnly: true,
    doc: "Passphrase of whichever of the keys are encrypted, stored nowhere. Reading drift and destroy take it from ARMSTEAD_SSH_PASSPHRASE.",
  },
  bastion: {
    nested: { nesting: "single", attributes: BASTION_SCHEMA },
    optional: true,
    doc: "Bastion through which all hosts are reached that have none of their own.",
  },
  bastion_private_key: {
    type: "string",
    optional: true,
    writeOnly: true,
    doc: "OpenSSH private key for bastions without `private_key_path`, stored nowhere. Reading drift and destroy take it from ARMSTEAD_BASTION_PRIVATE_KEY or ARMSTEAD_BASTION_PRIVATE_KEY_FILE, else they try the key of the hosts.",
  },
  forks: optional("number", "Hosts worked on at once.", DEFAULT_FORKS),
  tags: { type: ["list", "string"], optional: true, doc: "Run only tasks with these tags." },
  skip_tags: { type: ["list", "string"], optional: true, doc: "Run no tasks with these tags." },
  runner: optional(
    "string",
    "`armstead` runs the playbooks by itself; `ansible` hands them to the ansible-playbook on Terraform's PATH, for what the first refuses. Hosts need Python then, and a refresh does not look for drift where there are secret variables.",
    RUNNERS[0],
  ),
  drift: optional(
    "string",
    "`full` runs the playbooks in check mode on refresh; `fast` looks, with one command a host, only whether the files that tasks wrote are as they were left; `off` trusts the state.",
    DRIFT[0],
  ),
  on_failure: optional(
    "string",
    "`error` fails the apply, and a first apply that failed is done again on all hosts; `record` only warns and notes the failure in `applied`, so that the next apply runs just the failed hosts: pair it with a postcondition on `applied`.",
    ON_FAILURE[0],
  ),
  destroy_playbooks: {
    nested: { nesting: "list", attributes: SOURCE },
    optional: true,
    doc: "Playbooks run on all hosts before the resource is destroyed or replaced. They know no secret variables.",
  },
  applied: {
    type: ["map", "string"],
    computed: true,
    doc: "By host: the digest of what was applied, or `drift: …`, `unreachable: …`, `failed: …`, `pending` with the reason where there is one.",
  },
  touches: {
    type: ["map", "string"],
    computed: true,
    doc: 'By host: why its plays ran last; in a plan, an entry that differs tells why they will run: `run 2: variable "x" of the host changed`. Names only, never values.',
  },
  pinned_host_keys: {
    type: ["map", "string"],
    computed: true,
    doc: "By host without `host_keys`: the key seen at first contact.",
  },
};

function optional(type: "string" | "number", doc: string, standard: string | number): Attribute {
  const shown = `Default: \`${standard}\`.`;
  return { type, optional: true, computed: true, default: standard, doc: `${doc} ${shown}` };
}
