/** One host that a command line names: `user@host:port`, or a name of an inventory. */
import { InvalidArgumentError } from "commander";
import { fault, UserFault } from "../core/faults";
import { SSH_PORT } from "../playbooks/model/inventory-host";
import type { Target } from "../playbooks/runner/transport/connect";
import { jumpTarget } from "../playbooks/runner/transport/jump-target";
import type { OpenOptions } from "../playbooks/runner/transport/open-host";
import type { Surroundings } from "./context";
import { readInventory, readKnownHosts, withKnownKeys } from "./read-inventory";

/** A host as it was written. */
export interface WrittenHost {
  /** All of it. */
  readonly text: string;
  /** @default root */
  readonly user: string;
  readonly address: string;
  /** @default 22 */
  readonly port: number;
}

/** Where hosts and their keys are looked up. */
export interface HostFiles {
  /** With one, the host is a name in it. @default - the host is an address */
  readonly inventory?: string;
  /** @default - the user's own, which may be missing */
  readonly knownHosts?: string;
}

const USER = "root";
/** An address of IPv6 stands in brackets when a port follows. */
const HOST = /^(?:([^@\s]+)@)?(?:\[([0-9A-Fa-f:.]+)\]|([^@:\s[\]]+))(?::(\d{1,5}))?$/;

/** For commander's options. */
export function writtenHost(text: string): WrittenHost {
  const [, user = USER, bracketed, plain, port = String(SSH_PORT)] = HOST.exec(text) ?? [];
  const address = bracketed ?? plain;
  const number = Number(port);
  if (address !== undefined && number > 0 && number < 65_536) {
    return { text, user, address, port: number };
  }
  throw new InvalidArgumentError("Allowed: [user@]host[:port], with [ ] around IPv6 addresses.");
}

/**
 * Where to log in.
 * @throws UserFault AS1001, AS14… for the files, AS1412 when the inventory has no such host
 */
export function findTarget(
  host: WrittenHost,
  files: HostFiles,
  place: Pick<Surroundings, "folder" | "environment">,
): Target & Pick<OpenOptions, "jump"> {
  const { text, user, address, port } = host;
  const known = readKnownHosts(files.knownHosts, place);
  if (files.inventory === undefined) {
    const hostKeys = known.keysOf(address, port);
    return { name: text, user, address, port, hostKeys };
  }
  const inventory = withKnownKeys(readInventory(files.inventory, place), known);
  const found = Object.hasOwn(inventory, text) ? inventory[text] : undefined;
  if (found) {
    const { jump, ...entry } = found;
    const through = jump && { jump: jumpTarget(jump) };
    return { name: text, ...entry, port: found.port ?? SSH_PORT, ...through };
  }
  const problem = "the inventory has no host";
  const allowed = Object.keys(inventory);
  throw new UserFault([fault("AS1412", "--host", { problem, given: text, allowed })]);
}
