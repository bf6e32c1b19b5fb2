/** Codes of constructs and images (AS16…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of constructs and images. */
export const CONSTRUCTS_CODES = {
  AS1601: {
    title: "a name that cannot be a Terraform name",
    why: "Names of clusters, pools and nodes are used in Terraform addresses and host names.",
    fix: "Use lower-case letters, digits and hyphens, starting with a letter.",
  },
  AS1602: {
    title: "two playbooks bring different files of one path",
    why: "The files beside all playbooks of a cluster travel together, by their paths relative to their playbook.",
    fix: "Rename one of the two files.",
  },
  AS1603: {
    title: "the Terraform provider is not built",
    why: "Stacks carry the provider with them; a package from the registry has it built in, a clone of the repository has not.",
    fix: "Run: npm run build.",
  },
  AS1604: {
    title: "must be known at synth",
    why: "A token of cdktf stands for a value that only Terraform knows, and synth has to read, count or compare this one.",
    fix: "Write the value itself. Tokens may be in bootstrap.vars, and for the endpoint, project, metro, device plans, forks, the private key's path and options of deployments.",
  },
  AS1605: {
    title: "a secret that stands in the program",
    why: "What the program says is synthesized as JSON, which lies on the disk; secret variables exist so that their values are written nowhere.",
    fix: "Give a token of a sensitive variable: new TerraformVariable(stack, name, { sensitive: true }).stringValue, with its value in TF_VAR_name when Terraform runs.",
  },
  AS1609: {
    title: "a destroy play reads a secret variable",
    why: "With via: null-provider the plays for the end run in a destroy-time provisioner, which Terraform gives nothing but what the resource's triggers hold; secret variables are in no trigger.",
    fix: "Let the destroy plays read what is on the node, such as a file that the first plays left there with mode 0600, or a variable that is not secret.",
  },
  AS1608: {
    title: "the package of the null provider is not installed",
    why: "bootstrap.via: null-provider synthesizes resources of the package @cdktf/provider-null, which only those need who ask for it.",
    fix: "Run: npm install @cdktf/provider-null@^11, or leave out via.",
  },
  AS1607: {
    title: "two kinds of deployments have the name",
    why: "A cluster file names its deployment by kind; with two of one name it would mean either.",
    fix: "Rename the kind that you bring.",
  },
  AS1606: {
    title: "settings of a substrate that contradict others",
    why: "A substrate's endpoint is its provider's, a provider belongs to one stack, and a stack either makes a project or looks it up.",
    fix: "Give the same settings to all clusters of a stack that are in one project; leave out the endpoint where the provider has it.",
  },
} as const satisfies Record<string, CodeEntry>;
