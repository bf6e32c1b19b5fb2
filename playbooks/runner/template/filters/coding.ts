/** Filters between values and their written forms: JSON, YAML, base64, hashes. Pure. */
import { createHash, getHashes } from "node:crypto";
import { parse, parseAllDocuments } from "yaml";
import { YAML_OPTIONS } from "../../../model/yaml-options";
import { TemplateFailure } from "../failure";
import { pythonStr } from "../python";
import { argument, type Callables } from "./callable";
import { dumpJson, type JsonStyle } from "./json";
import { dumpYaml } from "./yaml";

/** Filters between values and their written forms. */
export const CODING_FILTERS: Callables = {
  to_json: {
    nullable: true,
    keywords: ["indent", "sort_keys", "ensure_ascii", "vault_to_text", "preprocess_unsafe"],
    run: (value, _args, { named }) =>
      dumpJson(value, jsonStyle(named, Number(named.indent ?? 0), named.sort_keys === true)),
  },
  tojson: { nullable: true, run: (value) => dumpJson(value, jsonStyle({}, 0, true)) },
  to_nice_json: {
    nullable: true,
    keywords: ["indent", "sort_keys", "ensure_ascii"],
    run: (value, args, context) =>
      dumpJson(
        value,
        jsonStyle(
          context.named,
          Number(argument(args, context, 0, "indent") ?? 4),
          context.named.sort_keys !== false,
        ),
      ),
  },
  from_json: { run: (value) => (typeof value === "string" ? parseJson(value) : value) },
  to_yaml: {
    nullable: true,
    keywords: ["indent", "width", "default_flow_style", "sort_keys"],
    run: (value, args, context) =>
      dumpYaml(value, {
        indent: Number(argument(args, context, 0, "indent") ?? 2),
        leavesInFlow: context.named.default_flow_style !== false,
      }),
  },
  to_nice_yaml: {
    nullable: true,
    keywords: ["indent", "width", "sort_keys"],
    run: (value, args, context) =>
      dumpYaml(value, {
        indent: Number(argument(args, context, 0, "indent") ?? 4),
        leavesInFlow: false,
      }),
  },
  from_yaml: { run: (value) => (typeof value === "string" ? parseYaml(value) : value) },
  from_yaml_all: {
    run: (value) =>
      [parseAllDocuments(pythonStr(value), YAML_OPTIONS)]
        .flat()
        .map((it) => it.toJS({ maxAliasCount: 100 }) as unknown),
  },
  b64encode: { run: (value) => Buffer.from(pythonStr(value), "utf8").toString("base64") },
  b64decode: { run: (value) => Buffer.from(pythonStr(value), "base64").toString("utf8") },
  hash: {
    keywords: ["hashtype"],
    run: (value, args, it) => digest(value, argument(args, it, 0, "hashtype")),
  },
  md5: { run: (value) => digest(value, "md5") },
  sha1: { run: (value) => digest(value, "sha1") },
  checksum: { run: (value) => digest(value, "sha1") },
};

function jsonStyle(
  { ensure_ascii: ascii }: Readonly<Record<string, unknown>>,
  indent: number,
  sorted: boolean,
): JsonStyle {
  return { indent, sorted, ascii: ascii !== false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new TemplateFailure("other", "from_json: not valid JSON");
  }
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { ...YAML_OPTIONS, maxAliasCount: 100 }) as unknown;
  } catch {
    throw new TemplateFailure("other", "from_yaml: not valid YAML");
  }
}

function digest(value: unknown, algorithm: unknown): string {
  const name = pythonStr(algorithm ?? "sha1");
  if (!getHashes().includes(name)) throw new TemplateFailure("other", `hash: unknown hash ${name}`);
  return createHash(name).update(pythonStr(value)).digest("hex");
}
