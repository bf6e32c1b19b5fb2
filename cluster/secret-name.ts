/** Names of secret variables and labels of vaults: each is a variable of Terraform too. */
import { pattern } from "./schema-values";

/** Labels of vaults: the password of each is the variable `vault_password_<label>` of Terraform. */
export const vaultLabel = pattern(
  /^[A-Za-z_][A-Za-z0-9_-]*$/,
  "letters, digits, underscores and hyphens",
);

/** See the header. Terraform keeps some words for itself. */
export const secretName = pattern(
  /^(?!(source|version|providers|count|for_each|lifecycle|depends_on|locals)$)[A-Za-z_][A-Za-z0-9_]*$/,
  "letters, digits and underscores, and none of source, version, providers, count, for_each, lifecycle, depends_on, locals",
);
