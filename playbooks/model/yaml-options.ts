/** The YAML that Ansible's parser reads: YAML 1.1, without the words and numbers that PyYAML leaves as text. Pure. */
import type { DocumentOptions, ParseOptions, ScalarTag, SchemaOptions, Tags } from "yaml";
import { UnsafeText } from "./unsafe-text";
import { float, readScalar, whole } from "./yaml-scalars";

/** How documents are parsed wherever a user's YAML is read. */
export const YAML_OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  version: "1.1",
  uniqueKeys: true,
  customTags: withPythonScalars,
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

const UNSAFE_TAGS: Tags = [
  { tag: "!unsafe", identify: isUnsafe, resolve: (text: string) => new UnsafeText(text) },
  { tag: "!unsafe", collection: "seq", identify: () => false, resolve: (node: unknown) => node },
  { tag: "!unsafe", collection: "map", identify: () => false, resolve: (node: unknown) => node },
];

function isUnsafe(value: unknown): boolean {
  return value instanceof UnsafeText;
}

const VAULT_TAGS: ScalarTag[] = ["!vault", "!vault-encrypted"].map((tag) => ({
  tag,
  identify: (value) => value instanceof VaultText,
  resolve: (text) => new VaultText(text),
}));

/** What PyYAML builds of scalars that name their type. */
const TYPED: Readonly<Record<string, (text: string) => unknown>> = {
  int: (text) => (/^[-+]?\d+$/.test(text) ? whole(text, 10) : readScalar(text)),
  float: (text) => float(Number(readScalar(text))),
};

/** Plain scalars are read as PyYAML reads them; every other tag is as it was. */
function withPythonScalars(tags: Tags): Tags {
  const others = tags.filter((it) => !isScalarTag(it) || !READ_HERE.test(it.tag));
  const plain: ScalarTag = {
    tag: "tag:armstead,2000:plain",
    default: true,
    test: ANYTHING,
    resolve: readScalar,
  };
  const typed = Object.entries(TYPED).map(([name, resolve]): ScalarTag => ({
    tag: `tag:yaml.org,2002:${name}`,
    resolve,
  }));
  const named = ["null", "bool", "timestamp"].map((name): ScalarTag => ({
    tag: `tag:yaml.org,2002:${name}`,
    resolve: readScalar,
  }));
  return [...others, ...typed, ...named, plain, ...VAULT_TAGS, ...UNSAFE_TAGS];
}

const READ_HERE = /^tag:yaml\.org,2002:(?:null|bool|int|float|timestamp)$/;
const ANYTHING = /^/;

function isScalarTag(tag: Tags[number]): tag is ScalarTag {
  return typeof tag !== "string" && tag.collection === undefined;
}
