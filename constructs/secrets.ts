/** Secret variables of clusters: their values come to Terraform from outside, and are written nowhere. */
import { TerraformStack, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import { fault, throwIfAny } from "../core/faults";

/**
 * The variables, when all their values are tokens.
 * @throws UserFault AS1605 with every name whose value is text; the text is not shown
 */
export function checkedSecrets(
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const written = Object.entries(secrets).filter(([, value]) => !Token.isUnresolved(value));
  throwIfAny(written.map(([name]) => fault("AS1605", `bootstrap.secretVars.${name}`)));
  return secrets;
}

/** Declares a variable of the stack for every secret, once for all clusters; gives their tokens. */
export function secretVariables(
  scope: Construct,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const stack = TerraformStack.of(scope);
  return Object.fromEntries(names.map((it) => [it, ensureVariable(stack, it).stringValue]));
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
