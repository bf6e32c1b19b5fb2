/** Inventories that a command line names, with host keys from known_hosts where they name none. */
import path from "node:path";
import { readText } from "../cluster/references";
import { fault, throwIfAny, UserFault } from "../core/faults";
import { findKnownKeys } from "../playbooks/known-hosts";
import { type Inventory, parseInventory } from "../playbooks/playbooks";
import type { Surroundings } from "./context";

type Place = Pick<Surroundings, "folder" | "environment">;

/** @throws UserFault with all that is wrong with the file */
export function readInventory(file: string, place: Place): Inventory {
  const { inventory, faults } = parseInventory({ name: file, content: read(file, place) });
  throwIfAny(faults);
  return inventory;
}

/**
 * Text of a known_hosts file.
 * @param file - default: the user's own, which may be missing
 * @throws UserFault AS1001
 */
export function readKnownHosts(file: string | undefined, place: Place): string {
  if (file !== undefined) return read(file, place);
  const own = readText(path.join(place.environment.HOME ?? "", ".ssh", "known_hosts"), "");
  return own.kind === "read" ? own.value : "";
}

/** The inventory's own keys win. */
export function withKnownKeys(inventory: Inventory, knownHosts: string): Inventory {
  return Object.fromEntries(
    Object.entries(inventory).map(([name, host]) => {
      const { allowed } = findKnownKeys(knownHosts, host.address, host.port ?? 22);
      return [name, host.hostKeys.length > 0 ? host : { ...host, hostKeys: allowed }];
    }),
  );
}

function read(file: string, { folder }: Place): string {
  const text = readText(path.resolve(folder, file), file);
  if (text.kind === "wrong") throw new UserFault([fault("AS1001", "", text.parts)]);
  return text.value;
}
