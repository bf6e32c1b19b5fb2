/** Codes of the demo and of programs that are missing (AS25…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of the demo. */
export const DEMO_CODES = {
  AS2501: {
    title: "neither terraform nor tofu is on the PATH",
    why: "A deploy is carried out by Terraform 1.11 or later, or by OpenTofu 1.11 or later.",
    fix: "Install one of them as their sites describe (a single binary on the PATH is enough), then run the command again.",
  },
  AS2502: {
    title: "a system part is missing",
    why: "The lab needs a few programs of the system, and they can be installed from here only on Debian or Ubuntu as root.",
    fix: "Install what the message names, then run the command again.",
  },
  AS2503: {
    title: "the deploy failed",
    why: "cdktf or Terraform ended with an error; its last lines are shown, the whole output is in the named log.",
    fix: "Read the error above it: it has a code of its own. What was made can be removed with: npm run demo -- --destroy.",
  },
  AS2504: {
    title: "a check on the nodes failed",
    why: "The cluster was deployed, but a node is not what it was asked to be.",
    fix: "Look at the named check; npm run demo -- --keep leaves the cluster up for a look around.",
  },
  AS2505: {
    title: "something was left behind",
    why: "After the teardown a device, key, process, socket or folder of the demo still exists.",
    fix: "npx armstead lab reset removes everything of the lab; please report what was left.",
  },
} as const satisfies Record<string, CodeEntry>;
