/** Variables of plays, tasks and files that say how a host is reached: what cannot be done is told where it stands. Pure. */
import type { Cursor } from "./cursor";
import {
  onlyOfInventories,
  wrongInPlays,
  type WrongVariable,
} from "./inventory/connection-variables";
import type { Parsing } from "./parsing";

/**
 * Reports variables that would have to change how hosts are reached, and cannot.
 * @param at - a mapping of variables
 * @param isInventory - the file is one of `group_vars` or `host_vars`, which inventories read
 */
export function checkConnection(parsing: Parsing, at: Cursor, isInventory = false): void {
  const { mapping } = at;
  if (!mapping) return;
  const wrong: readonly WrongVariable[] = [
    ...wrongInPlays(mapping, parsing.rules.readsKeys === true),
    ...(isInventory ? [] : onlyOfInventories(mapping)),
  ];
  for (const { variable, problem, given, hint } of wrong) {
    parsing.report(
      at.at(variable).fault("AS1404", { problem, given, ...(hint === undefined ? {} : { hint }) }),
    );
  }
}
