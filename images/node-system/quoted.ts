/** Placeholders in YAML that is written already. Pure. */

/**
 * Puts quotes around a value that is nothing but a placeholder: what takes its place may be a word that YAML 1.1
 * takes for something else, as `on` and `no` are.
 * @param yaml - a document in block style
 * @param placeholder - letters and digits only
 */
export function quoted(yaml: string, placeholder: string): string {
  return yaml.replace(new RegExp(`^(\\s*[\\w-]+: )${placeholder}$`, "gm"), `$1"${placeholder}"`);
}
