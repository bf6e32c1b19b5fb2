/** What zod says of a cluster file, as findings in the words of cluster files. Pure. */
import type { z } from "zod";
import { type Dialect, issueFindings } from "../core/schema-issues";
import { finding, type Finding } from "./finding";

const DIALECT: Dialect = {
  finding,
  notYet: { substrate: ["aws", "google", "azure", "oci", "hetzner"] },
  ownCodes: { role: "AS1203" },
};

/** All findings of one failed parse. */
export function findingsOf(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  root: unknown,
): Finding[] {
  const found = issueFindings(issues, schema, root, DIALECT);
  // A substrate that is not available yet is said once: that metal is missing follows from it.
  const replaced = found.some(({ at, fault }) => fault.code === "AS1210" && at[0] === "substrate");
  return found.filter(
    ({ at, fault }) => !(replaced && fault.code === "AS1204" && at[0] === "substrate"),
  );
}
