/** Filters between values and their written forms: JSON, YAML, base64, hashes. Pure. */
import { createHash, getHashes } from "node:crypto";
import { parseAllDocuments, parseDocument, type Document } from "yaml";
import { member } from "../../../../core/mapping";
import { documentData } from "../../../model/yaml-document";
import { YAML_OPTIONS } from "../../../model/yaml-options";
import { TemplateFailure } from "../failure";
import { floatOf, integerOf } from "../numbers";
import { pythonBool, pythonStr, pythonType } from "../python";
import type { Named } from "../values";
import type { Callables } from "./callable";
import { dumpJson, type JsonStyle } from "./json";
import { dumpYaml, type YamlStyle } from "./yaml";

const JSON_KEYWORDS = [
  "sort_keys",
  "ensure_ascii",
  "separators",
  "vault_to_text",
  "preprocess_unsafe",
  "skipkeys",
  "allow_nan",
];
const YAML_KEYWORDS = [
  "default_flow_style",
  "width",
  "sort_keys",
  "allow_unicode",
  "explicit_start",
];
const ENCODINGS: Readonly<Record<string, BufferEncoding>> = {
  "utf-8": "utf8",
  utf8: "utf8",
  "utf-16-le": "utf16le",
  ascii: "ascii",
  latin1: "latin1",
  "iso-8859-1": "latin1",
};
const NAMESPACE_ANSIBLE = "361e6d51-faec-444a-9079-341386da8e2e";

/** Filters between values and their written forms. */
export const CODING_FILTERS: Callables = {
  to_json: {
    keywords: [...JSON_KEYWORDS, "indent"],
    run: (value, _args, { named }) => dumpJson(value, jsonStyle(named, named.indent, false)),
  },
  tojson: {
    params: ["indent"],
    run: (value, [indent]) =>
      dumpJson(value, jsonStyle({}, indent, true)).replace(
        /[<>&']/g,
        (it) => `\\u00${it.charCodeAt(0).toString(16)}`,
      ),
  },
  to_nice_json: {
    params: ["indent", "sort_keys"],
    keywords: JSON_KEYWORDS,
    run: (value, [indent = 4, sorted = true], { named }) =>
      dumpJson(value, jsonStyle(named, indent ?? 4, pythonBool(sorted))),
  },
  from_json: {
    run: (value) => {
      if (typeof value === "string") return parseJson(value);
      throw new TemplateFailure(
        "other",
        `from_json needs text, not a value of the type ${pythonType(value)}`,
      );
    },
  },
  to_yaml: {
    keywords: [...YAML_KEYWORDS, "indent"],
    run: (value, _args, { named }) =>
      dumpYaml(value, {
        ...yamlStyle(named, named.indent ?? 2),
        leavesInFlow: named.default_flow_style === undefined || named.default_flow_style === null,
        allInFlow: named.default_flow_style === true,
      }),
  },
  to_nice_yaml: {
    params: ["indent"],
    keywords: YAML_KEYWORDS,
    run: (value, [indent = 4], { named }) =>
      dumpYaml(value, { ...yamlStyle(named, indent), leavesInFlow: false }),
  },
  from_yaml: { run: (value) => (typeof value === "string" ? parseYaml(value) : value) },
  from_yaml_all: {
    run: (value) =>
      typeof value === "string"
        ? [parseAllDocuments(value, YAML_OPTIONS)].flat().map(dataOf)
        : value,
  },
  b64encode: {
    params: ["encoding"],
    run: (value, [encoding]) => bytes(pythonStr(value), encoding).toString("base64"),
  },
  b64decode: {
    params: ["encoding"],
    run: (value, [encoding]) => {
      const given = textOrNumber(value).replace(/[^A-Za-z\d+/=]/g, "");
      if (given.replace(/=+$/, "").length % 4 === 1 || given.length % 4 !== 0) {
        throw new TemplateFailure("other", "b64decode: the text is no base64");
      }
      return Buffer.from(given, "base64").toString(encodingOf(encoding));
    },
  },
  hash: { params: ["hashtype"], run: (value, [type]) => digest(value, type) },
  md5: { run: (value) => digest(value, "md5") },
  sha1: { run: (value) => digest(value, "sha1") },
  checksum: { run: (value) => digest(value, "sha1") },
  to_uuid: {
    params: ["namespace"],
    run: (value, [namespace = NAMESPACE_ANSIBLE]) => uuid5(pythonStr(namespace), pythonStr(value)),
  },
};

function jsonStyle(named: Named, indent: unknown, sorted: boolean): JsonStyle {
  const { ensure_ascii: ascii, sort_keys: sort, separators: given } = named;
  const separators = Array.isArray(given) ? (given as unknown[]) : undefined;
  return {
    indent: indent === undefined || indent === null ? undefined : Math.min(100, Number(indent)),
    sorted: sort === undefined ? sorted : pythonBool(sort),
    ascii: ascii !== false,
    ...(separators
      ? { separators: [pythonStr(separators[0]), pythonStr(separators[1])] as const }
      : {}),
  };
}

function yamlStyle(
  { sort_keys: sort, width }: Named,
  indent: unknown,
): Omit<YamlStyle, "leavesInFlow"> {
  return {
    indent: Math.min(100, Math.max(2, Number(indent ?? 2))),
    sorted: sort !== false,
    ...(width === undefined ? {} : { width: Number(width) }),
  };
}

function parseJson(text: string): unknown {
  try {
    // Checked as it is; then numbers are told apart as Python does it, by how they are written.
    JSON.parse(text);
    let mark = "\ue000";
    while (text.includes(mark)) mark += "\ue000";
    const marked = text.replace(JSON_TOKEN, (it) => (/^["]/.test(it) ? it : `"${mark}${it}"`));
    return JSON.parse(marked, (_, value: unknown) =>
      typeof value === "string" && value.startsWith(mark)
        ? numberOf(value.slice(mark.length))
        : value,
    ) as unknown;
  } catch {
    throw new TemplateFailure("other", "from_json: not valid JSON");
  }
}

const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

function numberOf(text: string): unknown {
  return /^-?\d+$/.test(text) ? integerOf(BigInt(text)) : floatOf(Number(text));
}

function parseYaml(text: string): unknown {
  try {
    return dataOf(parseDocument(text, YAML_OPTIONS));
  } catch {
    throw new TemplateFailure("other", "from_yaml: not valid YAML");
  }
}

/** @throws TemplateFailure for what is no YAML */
function dataOf(document: Document): unknown {
  const { data, faults } = documentData(document);
  if (document.errors.length === 0 && faults.length === 0) return data;
  throw new TemplateFailure("other", "from_yaml: not valid YAML");
}

function textOrNumber(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TemplateFailure(
    "other",
    `text is needed, not a value of the type ${pythonType(value)}`,
  );
}

function encodingOf(encoding: unknown): BufferEncoding {
  const name = pythonStr(encoding ?? "utf-8").toLowerCase();
  const found = member(ENCODINGS, name);
  if (found === undefined) throw new TemplateFailure("other", `unknown encoding ${name}`);
  return found;
}

function bytes(text: string, encoding: unknown): Buffer {
  return Buffer.from(text, encodingOf(encoding));
}

function digest(value: unknown, algorithm: unknown): string {
  const name = pythonStr(algorithm ?? "sha1");
  if (!getHashes().includes(name)) throw new TemplateFailure("other", `hash: unknown hash ${name}`);
  return createHash(name).update(pythonStr(value)).digest("hex");
}

/** A UUID of version 5: the same for the same name. */
function uuid5(namespace: string, name: string): string {
  const space = namespace.replaceAll("-", "");
  if (!/^[\da-f]{32}$/i.test(space)) {
    throw new TemplateFailure("other", `to_uuid: \`${namespace}\` is no namespace`);
  }
  const hash = createHash("sha1").update(Buffer.from(space, "hex")).update(name).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
