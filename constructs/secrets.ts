/** Secret variables of clusters, and passwords of vaults: their values come to Terraform from outside, and are written nowhere. */
import { TerraformStack, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import { fault, throwIfAny } from "../core/faults";
import { known } from "./known";

/**
 * Secret variables with the tokens of their values; names alone are declared as variables of the stack.
 * @param scope - of the stack
 * @param given - names, or tokens by name
 * @throws UserFault AS1604 for a name that is a token, AS1605 with every name whose value is text; the text is not shown
 */
export function secretsOf(
  scope: Construct,
  given: readonly string[] | Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const at = "bootstrap.secretVars";
  if (!isNames(given)) return checkedSecrets(given, at);
  const description = (name: string): string =>
    `Secret variable of the nodes; TF_VAR_${name} holds it`;
  return declaredSecrets(scope, given, { at, nameOf: (it) => it, description });
}

/**
 * Passwords of vaults by label, with the tokens of their values; labels alone are declared as variables of the stack, as
 * {@link vaultVariable} names them.
 * @param scope - of the stack
 * @param given - labels, or tokens by label
 * @throws UserFault AS1604 for a label that is a token, AS1605 with every label whose password is text; the text is not shown
 */
export function vaultPasswordsOf(
  scope: Construct,
  given: readonly string[] | Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const at = "bootstrap.vaultPasswords";
  if (!isNames(given)) return checkedSecrets(given, at);
  const description = (name: string): string =>
    `Password of vaults of the nodes' plays; TF_VAR_${name} holds it`;
  return declaredSecrets(scope, given, { at, nameOf: vaultVariable, description });
}

/** Name of the variable that holds the password of vaults with a label. */
export function vaultVariable(label: string): string {
  return `vault_password_${label.replace(/[^A-Za-z0-9_-]/g, "_")}`;
}

function checkedSecrets(
  secrets: Readonly<Record<string, string>>,
  at: string,
): Readonly<Record<string, string>> {
  const written = Object.entries(secrets).filter(([, value]) => !Token.isUnresolved(value));
  throwIfAny(written.map(([name]) => fault("AS1605", `${at}.${name}`)));
  return secrets;
}

/** Declares a variable of the stack for every secret, once for all clusters; gives their tokens. */
function declaredSecrets(
  scope: Construct,
  names: readonly string[],
  {
    at,
    nameOf,
    description,
  }: {
    readonly at: string;
    readonly nameOf: (it: string) => string;
    readonly description: (name: string) => string;
  },
): Readonly<Record<string, string>> {
  const stack = TerraformStack.of(scope);
  return Object.fromEntries(
    names.map((it, n) => {
      const name = known(it, `${at}[${n}]`);
      const variable = nameOf(name);
      return [name, ensureVariable(stack, variable, description(variable)).stringValue];
    }),
  );
}

function ensureVariable(
  stack: TerraformStack,
  name: string,
  description: string,
): TerraformVariable {
  const id = `armstead-secret-${name}`;
  const declared = stack.node.tryFindChild(id);
  if (declared instanceof TerraformVariable) return declared;
  const variable = new TerraformVariable(stack, id, {
    type: "string",
    sensitive: true,
    nullable: false,
    description,
  });
  // A saved plan holds sensitive variables as they are, but no ephemeral ones.
  variable.addOverride("ephemeral", true);
  variable.overrideLogicalId(name);
  return variable;
}

function isNames(
  given: readonly string[] | Readonly<Record<string, string>>,
): given is readonly string[] {
  return Array.isArray(given);
}
