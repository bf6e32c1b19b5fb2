/** A bastion of an inventory as connections take it. */
import type { Secret } from "../../../core/secret";
import type { InventoryJump } from "../../model/inventory-host";
import type { JumpTarget } from "./connect";

/** @param key - what logs in there. @default - that of the connection */
export function jumpTarget(jump: InventoryJump, key?: Secret): JumpTarget {
  return { name: `bastion ${jump.address}`, ...jump, key };
}
