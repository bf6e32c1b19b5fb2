/**
 * Compose files, as far as an ARM64 cluster can be wrong about them: the rest is docker compose's own matter, which
 * reads the file on the nodes. Pure. Source: compose-spec/compose-spec, spec.md.
 */
import type { Code, Fault } from "../../core/faults";
import {
  type Finding,
  findingIn,
  type FindingParts,
  type ValuePath,
  valueAt,
} from "../../core/finding";
import { isMapping } from "../../core/mapping";
import { YamlDocument } from "../../core/yaml-document";
import { tryArm64Name } from "../references/naming-trap";
import { isArm64 } from "../references/platform";
import { formatReference, parseReference } from "../references/reference";

/**
 * What is wrong with a compose file, with positions in it.
 * @param name - path as the user named it
 * @param text - YAML
 */
export function checkCompose(name: string, text: string): Fault[] {
  const document = new YamlDocument(name, text);
  if (document.root === undefined) return [...document.faults];
  const services = valueAt(document.root, ["services"]);
  if (!isMapping(services) || Object.keys(services).length === 0) {
    return [
      ...document.faults,
      document.place(
        find(document, "AS1245", ["services"], { problem: "the file has no services" }),
      ),
    ];
  }
  const found = Object.keys(services).flatMap((it) => checkService(document, it));
  return [...document.faults, ...found.map((it) => document.place(it))];
}

/** Container images of a compose file that has no faults; those with variables are known on the nodes only. */
export function composeImages(text: string): string[] {
  const services = valueAt(new YamlDocument("", text).root, ["services"]);
  if (!isMapping(services)) return [];
  const images = Object.values(services).map((it) => valueAt(it, ["image"]));
  const known = images.filter((it) => typeof it === "string").filter((it) => !it.includes("$"));
  return [...new Set(known)];
}

function checkService(document: YamlDocument, name: string): Finding[] {
  const at: ValuePath = ["services", name];
  const service = valueAt(document.root, at);
  const say = (code: Code, key: string, parts: FindingParts): Finding =>
    find(document, code, [...at, key], parts);
  if (!isMapping(service)) {
    return [find(document, "AS1245", at, { problem: "a service is a mapping" })];
  }
  const { image, build, platform, extends: base } = service;
  return [
    ...(build === undefined
      ? []
      : [say("AS1245", "build", { key: true, problem: "nodes build no images" })]),
    ...(typeof image === "string" || build !== undefined || base !== undefined
      ? []
      : [say("AS1245", "image", { problem: "the service has no image" })]),
    ...(typeof image === "string" ? checkImage(image, say) : []),
    ...(typeof platform === "string" && !isForArm64(platform)
      ? [say("AS1246", "platform", { given: platform, allowed: ["linux/arm64"] })]
      : []),
  ];
}

function checkImage(
  given: string,
  say: (code: Code, key: string, parts: FindingParts) => Finding,
): Finding[] {
  // Variables are known on the nodes only.
  if (given.includes("$")) return [];
  const parsed = parseReference(given);
  if (parsed.kind === "wrong") return [say("AS1228", "image", { problem: parsed.problem, given })];
  const better = tryArm64Name(parsed.value);
  if (!better) return [];
  const problem = "the name is of another architecture";
  return [say("AS1228", "image", { problem, given, hint: `try ${formatReference(better)}` })];
}

function isForArm64(text: string): boolean {
  const [os = "", architecture = "", variant] = text.split("/");
  return isArm64({ os, architecture, ...(variant === undefined ? {} : { variant }) });
}

function find(document: YamlDocument, code: Code, at: ValuePath, parts: FindingParts): Finding {
  return findingIn({}, code, at, document.root, parts);
}
