/** Which user a task becomes. As in Ansible, variables win over keywords, and keywords over what the command line says. */
import { OuterFault } from "../../../core/faults";
import { Secret } from "../../../core/secret";
import { type BecomeMethod, becomePasswords } from "../../model/become-passwords";
import type { Directives } from "../../model/play";
import type { Become } from "../host";
import { OMIT } from "../vars/host-scope";
import { flagOf, variableText, type Wording } from "../vars/words";
import type { RunInput } from "./run";

/**
 * @param standard - what the command line says
 * @returns undefined when it stays the user of the connection
 * @throws OuterFault AS2305 for a method that is neither sudo nor su
 */
export function becomeOf(
  directives: Directives,
  standard: RunInput["become"],
  wording: Wording,
): Become | undefined {
  const { become, becomeUser, becomeMethod = "sudo" } = directives;
  const { scope, templar } = wording;
  const variable = (name: string): unknown => {
    const found = scope.find(name, []);
    return found.found ? found.value : undefined;
  };
  const isWanted = flagOf(wording, become, standard !== undefined);
  if (!flagOf(wording, asFlag(variable("ansible_become")), isWanted)) return undefined;
  const method = (
    variableText(variable("ansible_become_method")) ?? templar.render(becomeMethod, scope)
  )
    // Its full name is the same plugin.
    .replace(/^ansible\.builtin\./, "");
  if (method !== "sudo" && method !== "su") {
    throw new OuterFault("AS2305", { problem: `become_method ${method} is not supported` });
  }
  const keyword = becomeUser ?? standard?.user ?? "root";
  const user =
    lastText(["ansible_become_user", `ansible_${method}_user`], variable) ??
    templar.render(keyword, scope);
  const password = passwordOf(method, variable);
  return {
    method,
    user: user === OMIT || user === "" ? "root" : user,
    ...(password ? { password } : {}),
  };
}

/** The password for another user, out of the variables of a host. */
export function passwordOf(
  method: BecomeMethod,
  variable: (name: string) => unknown,
): Secret | undefined {
  const password = lastText(becomePasswords(method), variable) ?? "";
  return password === "" ? undefined : new Secret(password);
}

/** Of several the last, as in Ansible. */
function lastText(
  names: readonly string[],
  variable: (name: string) => unknown,
): string | undefined {
  return names.map((it) => variableText(variable(it))).findLast((it) => it !== undefined);
}

/** Numbers are truths, as an inventory in INI writes them: `ansible_become=1`. */
function asFlag(value: unknown): boolean | string | undefined {
  if (typeof value === "number") return value !== 0;
  return typeof value === "boolean" || typeof value === "string" ? value : undefined;
}
