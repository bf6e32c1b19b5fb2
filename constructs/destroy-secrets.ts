/**
 * Which secret variables the plays for the end of a cluster read: a destroy-time provisioner of Terraform knows its own
 * resource alone, and no secret is in that. Told from the text; what names a variable only in a comment reads none. Pure.
 */
import { parseAllDocuments } from "yaml";
import { fault, type Fault } from "../core/faults";
import { isMapping } from "../core/mapping";
import { BECOME_PASSWORDS } from "../playbooks/model/become-passwords";
import { findChains } from "../playbooks/model/template/references";
import {
  splitTemplate,
  TemplateSyntaxError,
  tokenize,
  type Segment,
} from "../playbooks/model/template/tokens";
import type { DeploymentPlay } from "./deployment-play";

const EXPRESSIONS = new Set(["when", "until", "changed_when", "failed_when", "that", "var"]);
const BECOME = "become";

/**
 * One fault a secret variable that the plays read, by themselves, through their files or through other variables.
 * @param plays - for the end
 * @param names - of secret variables
 * @param vars - of all nodes
 */
export function destroySecretFaults(
  plays: readonly Pick<DeploymentPlay, "content" | "files">[],
  names: readonly string[],
  vars: Readonly<Record<string, unknown>>,
): Fault[] {
  const read = new Set(plays.flatMap(namesOfPlay));
  // A set may grow while it is gone through.
  for (const name of read) {
    if (Object.hasOwn(vars, name)) for (const it of namesIn(vars[name], "")) read.add(it);
  }
  const found = names.filter((it) => read.has(it));
  return found.map((given) => fault("AS1609", "bootstrap.destroyPlays", { given }));
}

function namesOfPlay({ content, files }: Pick<DeploymentPlay, "content" | "files">): string[] {
  const others = Object.entries(files).flatMap(([path, text]) =>
    /\.ya?ml$/.test(path) ? namesInYaml(text) : namesInTemplate(text),
  );
  return [...namesInYaml(content), ...others];
}

function namesInYaml(text: string): string[] {
  const documents = parseAllDocuments(text, { logLevel: "silent" });
  return [documents].flat().flatMap((it) => {
    // What is no YAML is refused elsewhere.
    if (!("toJS" in it) || it.errors.length > 0) return [];
    return namesIn(it.toJS({ maxAliasCount: 100 }), "");
  });
}

function namesIn(value: unknown, key: string): string[] {
  if (typeof value === "string") {
    return EXPRESSIONS.has(key) && !/\{[{%]/.test(value)
      ? namesInExpression(value)
      : namesInTemplate(value);
  }
  if (Array.isArray(value)) return value.flatMap((it) => namesIn(it, key));
  if (!isMapping(value)) return [];
  const becomes = Object.hasOwn(value, BECOME) && value[BECOME] !== false;
  const inner = Object.entries(value).flatMap(([name, it]) => [
    ...namesInTemplate(name),
    ...namesIn(it, name),
  ]);
  return becomes ? [...BECOME_PASSWORDS, ...inner] : inner;
}

function namesInTemplate(text: string): string[] {
  if (!/\{[{%]/.test(text)) return [];
  return attempt(() => splitTemplate(text)).flatMap((it) => rootsOf(it));
}

function namesInExpression(text: string): string[] {
  return attempt(() => findChains(tokenize(text), "expression")).map((it) => it.root);
}

function rootsOf({ kind, tokens }: Segment): string[] {
  if (kind !== "expression" && kind !== "statement") return [];
  return findChains(tokens, kind).map((it) => it.root);
}

/** What cannot be split is refused before it runs. */
function attempt<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return [];
    throw error;
  }
}
