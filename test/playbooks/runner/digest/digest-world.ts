/** A small cluster whose hosts are digested. */
import { formatFault } from "../../../../core/faults";
import type { InventoryHost } from "../../../../playbooks/model/inventory-host";
import { readPlaybooks } from "../../../../playbooks/model/parse-playbooks";
import type { CheckedPlaybooks } from "../../../../playbooks/model/play";
import {
  digestAll,
  type DigestInput,
  type HostDigests,
} from "../../../../playbooks/runner/digest/digest-hosts";
import { MODULES } from "../../../../playbooks/runner/modules/registry";
import { templateRules } from "../../../../playbooks/runner/template/rules";

const MEMBERS = "{% for m in groups['etcd'] | sort %}{{ hostvars[m].ip }}\n{% endfor %}";
/** What travels. */
export const FILES = new Map([
  ["templates/members.j2", MEMBERS],
  ["files/mirror", "x"],
  ["files/unused", "x"],
]);
const rules = { modules: MODULES, templates: templateRules() };

/** Playbooks without faults. */
export function parse(content: string, files = FILES): CheckedPlaybooks {
  const { playbooks, faults } = readPlaybooks(rules, [{ name: "site.yml", content }], files);
  if (faults.length > 0) throw new Error(faults.map(formatFault).join("\n"));
  return playbooks;
}

/** A host by its group and address. */
export const host = (group: string, ip: string): InventoryHost => ({
  address: ip,
  user: "root",
  hostKeys: [],
  groups: [group],
  vars: { ip },
  machineId: ip,
});
/** The inventory. */
export const HOSTS = {
  "etcd-0": host("etcd", "10.0.0.1"),
  "etcd-1": host("etcd", "10.0.0.2"),
  "worker-0": host("worker", "10.0.0.3"),
};
/** The usual playbook. */
export const PLAYS = `
- hosts: etcd
  tasks:
    - template: {src: members.j2, dest: /etc/members}
- hosts: all
  tasks:
    - copy: {src: mirror, dest: /etc/mirror}
`;

/** Digests of the usual cluster, but for what is given. */
export function digest(content = PLAYS, input: Partial<DigestInput> = {}): HostDigests {
  const files = input.files ?? FILES;
  const all = { inventory: HOSTS, vars: {}, ...input, files };
  return digestAll(parse(content, new Map(files)), all, MODULES);
}

/** Names of the hosts whose digests differ. */
export function changed(left: HostDigests, right: HostDigests): string[] {
  const names = Object.keys({ ...left, ...right }).sort();
  return names.filter((it) => it in left && it in right && left[it] !== right[it]);
}
