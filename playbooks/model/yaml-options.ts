/** The YAML that Ansible's parser reads: YAML 1.1, without the words and numbers that PyYAML leaves as text. Pure. */
import type { DocumentOptions, ParseOptions, SchemaOptions, Tags } from "yaml";

const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const EXPONENT = /^[-+]?[0-9][0-9_]*\.[0-9_]*[eE][-+][0-9]+$/;

/** How documents are parsed wherever a user's YAML is read. */
export const YAML_OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  version: "1.1",
  uniqueKeys: true,
  customTags: withPythonTests,
};

/** `y` and `n` are text, and so is `1e3`. */
function withPythonTests(tags: Tags): Tags {
  return tags.map((it) => {
    if (typeof it === "string" || !("test" in it)) return it;
    if (it.tag === "tag:yaml.org,2002:bool") {
      return { ...it, test: it.test.test("true") ? TRUE : FALSE };
    }
    return it.tag === "tag:yaml.org,2002:float" && it.format === "EXP"
      ? { ...it, test: EXPONENT }
      : it;
  });
}
