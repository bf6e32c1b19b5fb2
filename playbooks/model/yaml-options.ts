/** The YAML that Ansible's parser reads: YAML 1.1, without the words and numbers that PyYAML leaves as text. Pure. */
import type { DocumentOptions, ParseOptions, ScalarTag, SchemaOptions, Tags } from "yaml";

const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const EXPONENT = /^[-+]?[0-9][0-9_]*\.[0-9_]*[eE][-+][0-9]+$/;

/** How documents are parsed wherever a user's YAML is read. */
export const YAML_OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  version: "1.1",
  uniqueKeys: true,
  customTags: withPythonTests,
};

/** An encrypted value: the tag `!vault`. */
export class VaultText {
  /** @param text - from its header on, without the space that indents it */
  constructor(readonly text: string) {}

  /** What it is where nobody opens vaults. */
  toJSON(): string {
    return this.text;
  }
}

const VAULT_TAGS: ScalarTag[] = ["!vault", "!vault-encrypted"].map((tag) => ({
  tag,
  identify: (value) => value instanceof VaultText,
  resolve: (text) => new VaultText(text),
}));

/** `y`, `n`, `1e3` and `08` are text. */
function withPythonTests(tags: Tags): Tags {
  const plain = tags.map((it) => {
    const test = isScalarTag(it) ? pythonTest(it) : undefined;
    return test === undefined || !isScalarTag(it) ? it : { ...it, test };
  });
  return [...plain, ...VAULT_TAGS];
}

function isScalarTag(tag: Tags[number]): tag is ScalarTag {
  return typeof tag !== "string" && tag.collection === undefined;
}

function pythonTest({ tag, test, format }: ScalarTag): RegExp | undefined {
  if (tag === "tag:yaml.org,2002:bool") return test?.test("true") === true ? TRUE : FALSE;
  if (tag === "tag:yaml.org,2002:int" && format === undefined) return INTEGER;
  return tag === "tag:yaml.org,2002:float" && format === "EXP" ? EXPONENT : undefined;
}
