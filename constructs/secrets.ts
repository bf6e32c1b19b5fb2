/** Secret variables of clusters: their values come to Terraform from outside, and are written nowhere. */
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
  return isNames(given) ? declaredSecrets(scope, given) : checkedSecrets(given);
}

function checkedSecrets(
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const written = Object.entries(secrets).filter(([, value]) => !Token.isUnresolved(value));
  throwIfAny(written.map(([name]) => fault("AS1605", `bootstrap.secretVars.${name}`)));
  return secrets;
}

/** Declares a variable of the stack for every secret, once for all clusters; gives their tokens. */
function declaredSecrets(
  scope: Construct,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const stack = TerraformStack.of(scope);
  return Object.fromEntries(
    names.map((it, n) => {
      const name = known(it, `bootstrap.secretVars[${n}]`);
      return [name, ensureVariable(stack, name).stringValue];
    }),
  );
}

function ensureVariable(stack: TerraformStack, name: string): TerraformVariable {
  const id = `armstead-secret-${name}`;
  const declared = stack.node.tryFindChild(id);
  if (declared instanceof TerraformVariable) return declared;
  const variable = new TerraformVariable(stack, id, {
    type: "string",
    sensitive: true,
    nullable: false,
    description: `Secret variable of the nodes; TF_VAR_${name} holds it`,
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
