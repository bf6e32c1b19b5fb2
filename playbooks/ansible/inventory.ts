/** The inventory of a real ansible-playbook, and the keys of its hosts. Pure. */
import { fault, UserFault } from "../../core/faults";
import { type Inventory, type InventoryHost, SSH_PORT } from "../model/inventory-host";

/** Files that lead to the hosts; absolute. */
export interface Ways {
  /** The run's private key. */
  readonly key: string | undefined;
  /** The key of bastions that have none of their own. */
  readonly bastionKey?: string | undefined;
  /** Other private keys, by the names that the inventory has for them. */
  readonly keys: ReadonlyMap<string, string>;
  readonly knownHosts: string;
}

/** Nobody is there to be asked, but for the passphrase of a key. */
export const NO_PROMPTS = "-o PasswordAuthentication=no -o KbdInteractiveAuthentication=no";

/** What neither SSH nor a shell reads as anything but a name. */
const PLAIN = /^[\w.:%][\w.:%@-]*$/;

/**
 * The inventory as Ansible's YAML form has it.
 * @throws UserFault AS1490 for a host behind another one whose name a shell would misread
 */
export function inventoryOf(inventory: Inventory, ways: Ways): unknown {
  const hosts = Object.entries(inventory);
  const groups = [...new Set(hosts.flatMap(([, it]) => it.groups))].map((group) => {
    const members = hosts.filter(([, it]) => it.groups.includes(group));
    return [group, { hosts: Object.fromEntries(members.map(([name]) => [name, null])) }] as const;
  });
  const entries = hosts.map(([name, it]) => [name, variablesOf(it, ways)] as const);
  return { all: { hosts: Object.fromEntries(entries), children: Object.fromEntries(groups) } };
}

/** Lines of known_hosts for all hosts, and for the bastions through which they are reached. */
export function knownHostsOf(inventory: Inventory): string {
  const places = Object.values(inventory).flatMap((it) => [it, ...(it.jump ? [it.jump] : [])]);
  const lines = places.flatMap(({ address, port = SSH_PORT, hostKeys }) => {
    const place = port === SSH_PORT ? address : `[${address}]:${port}`;
    return hostKeys.map((it) => `${place} ${it}\n`);
  });
  return [...new Set(lines)].join("");
}

function variablesOf(host: InventoryHost, ways: Ways): Readonly<Record<string, unknown>> {
  const { address, port, user, open, vars, groupVars, keyFile } = host;
  const key = keyFile === undefined ? undefined : ways.keys.get(keyFile);
  return {
    ...groupVars?.written,
    ...groupVars?.all,
    ...groupVars?.groups,
    ansible_host: address,
    ...(open?.port === true ? {} : { ansible_port: port ?? SSH_PORT }),
    ...(open?.user === true ? {} : { ansible_user: user }),
    ...vars,
    ...(key === undefined ? {} : { ansible_ssh_private_key_file: key }),
    ...(host.jump === undefined ? {} : { ansible_ssh_common_args: jumpArguments(host, ways, key) }),
  };
}

/** SSH's own ProxyJump takes no known_hosts of ours. */
function jumpArguments({ jump }: InventoryHost, ways: Ways, ofHost = ways.key): string {
  const { address = "", port = SSH_PORT, user = "", keyFile = "" } = jump ?? {};
  const key = ways.keys.get(keyFile) ?? ways.bastionKey ?? ofHost;
  const wrong = [address, user].find((it) => !PLAIN.test(it));
  if (wrong !== undefined) throw new UserFault([fault("AS1490", "inventory", { given: wrong })]);
  const words = [
    `ssh -W [%h]:%p ${NO_PROMPTS} -o StrictHostKeyChecking=yes`,
    `-o UserKnownHostsFile=${ways.knownHosts} -o GlobalKnownHostsFile=/dev/null`,
    ...(key === undefined ? [] : [`-i ${key} -o IdentitiesOnly=yes`]),
    `-p ${port} -l ${user} ${address}`,
  ];
  return `-o ProxyCommand="${words.join(" ")}"`;
}
