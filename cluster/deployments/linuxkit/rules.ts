/**
 * `linuxkit`: nodes boot an image that LinuxKit files describe, with a file and metadata more for each role. Nothing runs
 * over SSH: what a node is told comes as user data.
 */
import { z } from "zod";
import { NODE_ROLES } from "../../../core/names";
import type { DeploymentRules } from "../../catalogue";
import type { ClusterSpec } from "../../config";
import { finding, type Finding } from "../../finding";
import { path } from "../../schema-values";
import { metadataFaults } from "./metadata";

/** Roles that a file may be for. */
export const LINUXKIT_ROLES = NODE_ROLES;

const tree = z.record(z.string(), z.json());

/** Keys of a linuxkit deployment. */
export const linuxkitOptions = {
  image: path.describe("LinuxKit file of all nodes"),
  ...(Object.fromEntries(
    LINUXKIT_ROLES.map((role) => [
      role,
      path
        .optional()
        .describe(`LinuxKit file that is merged into that of all nodes, for the role ${role}`),
    ]),
  ) as Record<(typeof LINUXKIT_ROLES)[number], z.ZodOptional<typeof path>>),
  metadata: tree
    .default({})
    .describe(
      "Files below /run/config of every node, as LinuxKit's metadata package has them; no secrets",
    ),
  roleMetadata: z
    .record(z.string(), tree)
    .default({})
    .describe("The same by role; files win over those of every node"),
};

/** A linuxkit deployment's keys as values. */
export type LinuxkitOptions = z.output<z.ZodObject<typeof linuxkitOptions>>;

/** The rules of linuxkit. */
export const linuxkitRules: DeploymentRules = {
  kind: "linuxkit",
  doc: "Nodes boot an image that LinuxKit files describe; roles add files and metadata",
  roles: LINUXKIT_ROLES,
  families: ["linuxkit"],
  options: linuxkitOptions,
  check: (cluster) => {
    const { metadata, roleMetadata } = cluster.deployment as unknown as LinuxkitOptions;
    return [
      ...checkRoles(cluster),
      ...checkTree(cluster, ["metadata"], metadata),
      ...Object.entries(roleMetadata).flatMap(([role, own]) =>
        checkTree(cluster, ["roleMetadata", role], own),
      ),
    ];
  },
};

function checkRoles(cluster: ClusterSpec): Finding[] {
  const { roleMetadata, ...options } = cluster.deployment as unknown as LinuxkitOptions;
  const used = [...new Set(cluster.pools.map(({ role }) => role))];
  const say = (at: readonly string[], given: string): Finding =>
    finding("AS1790", ["deployment", ...at], cluster, { key: true, given, allowed: used });
  return [
    ...LINUXKIT_ROLES.filter((role) => options[role] !== undefined && !used.includes(role)).map(
      (role) => say([role], role),
    ),
    ...Object.keys(roleMetadata)
      .filter((role) => !used.includes(role))
      .map((role) => say(["roleMetadata", role], role)),
  ];
}

function checkTree(cluster: ClusterSpec, at: readonly string[], own: unknown): Finding[] {
  return metadataFaults(own).map(({ at: below, key, parts }) =>
    finding("AS1779", ["deployment", ...at, ...below], cluster, {
      ...parts,
      ...(key ? { key } : {}),
    }),
  );
}
