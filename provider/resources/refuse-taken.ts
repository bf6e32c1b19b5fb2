/** Refuses what is, or may be, another resource's: it is neither taken over nor deleted. Pure. */
import { fault, UserFault } from "../../core/faults";
import { isUnderWay } from "./claim-tags";
import type { Held } from "./held";

/** What is to be made: the attribute that names it, the name given there, and what it is. */
export interface Named {
  readonly path: string;
  readonly name: string;
  readonly kind: "device" | "SSH key";
}

/**
 * @param found - objects with the marks of an interrupted create of this name
 * @throws UserFault AS1860 for one that this process is at, AS1867 for one that Terraform was told of
 */
export function refuseTaken(
  held: Held,
  found: readonly { readonly id: string; readonly tags: readonly string[] }[],
  { path, name, kind }: Named,
): void {
  if (found.some((it) => held.has(it))) {
    throw new UserFault([fault("AS1860", path, { given: name })]);
  }
  const told = found.find((it) => !isUnderWay(it));
  if (!told) return;
  const problem = `${kind} ${told.id} was made under this claim and name, and no refresh has found it in a state since`;
  throw new UserFault([fault("AS1867", path, { problem, given: name })]);
}
