/** Names of secret variables: each is a variable of Terraform too. */
import { pattern } from "./schema-values";

/** See the header. Terraform keeps some words for itself. */
export const secretName = pattern(
  /^(?!(source|version|providers|count|for_each|lifecycle|depends_on|locals)$)[A-Za-z_][A-Za-z0-9_]*$/,
  "letters, digits and underscores, and none of source, version, providers, count, for_each, lifecycle, depends_on, locals",
);
