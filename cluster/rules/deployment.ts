/** Rules between the deployment and the pools, and of variables. Pure. */
import { type Catalogue, type DeploymentRules, rulesOf } from "../catalogue";
import type { ClusterSpec } from "../config";
import { finding, type Finding, type ValuePath } from "../finding";

/** Roles belong to the deployment, and its own rules hold. */
export function checkDeployment(cluster: ClusterSpec, catalogue: Catalogue): Finding[] {
  const rules = rulesOf(cluster.deployment, catalogue);
  if (!rules) return [];
  const strangers = cluster.pools.flatMap(({ role }, index) =>
    rules.roles.includes(role)
      ? []
      : [
          finding("AS1216", ["pools", index, "role"], cluster, {
            problem: `deployment ${rules.kind} has no use for role`,
            given: role,
            allowed: rules.roles,
          }),
        ],
  );
  return [
    ...strangers,
    ...checkFamilies(cluster, rules, catalogue.images),
    ...rules.check(cluster),
  ];
}

/** Every pool's image is one that the deployment runs on. */
function checkFamilies(
  cluster: ClusterSpec,
  { kind, families }: DeploymentRules,
  images: Catalogue["images"],
): Finding[] {
  const reached = images.filter((it) => it.isReachedBySsh).map(({ family }) => family);
  const allowed = families ?? reached;
  const uses: (readonly [ValuePath, string | undefined])[] = [
    // The cluster's image counts where a pool takes it.
    [
      ["image", "family"],
      cluster.pools.every(({ image }) => image) ? undefined : cluster.image.family,
    ],
    ...cluster.pools.map(
      ({ image }, index) => [["pools", index, "image", "family"], image?.family] as const,
    ),
  ];
  return uses.flatMap(([at, given]) =>
    given === undefined || allowed.includes(given)
      ? []
      : [
          finding("AS1234", at, cluster, {
            problem: `deployment ${kind} does not run on image`,
            given,
            allowed,
          }),
        ],
  );
}

/** Variables can be named in templates, and mean one thing. */
export function checkVariables(cluster: Pick<ClusterSpec, "bootstrap">): Finding[] {
  const { vars, secretVars } = cluster.bootstrap;
  const misnamed = Object.keys(vars)
    .filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    .map((name) =>
      finding("AS1225", ["bootstrap", "vars", name], cluster, { key: true, given: name }),
    );
  const twice = secretVars.flatMap((name, n) =>
    Object.hasOwn(vars, name) || secretVars.indexOf(name) < n
      ? [
          finding("AS1214", ["bootstrap", "secretVars", n], cluster, {
            problem: "another variable has the name",
            given: name,
          }),
        ]
      : [],
  );
  return [...misnamed, ...twice];
}
