/**
 * The linuxkit deployment: one LinuxKit file a role, written beside the stack for `linuxkit build`, and the user data by
 * which nodes get their names and metadata. Pure.
 */
import type { DeploymentRules, TextFile } from "../../cluster";
import { mergeMetadata, type MetadataTree } from "../../cluster/deployments/linuxkit/metadata";
import { LINUXKIT_ROLES, linuxkitRules } from "../../cluster/deployments/linuxkit/rules";
import { type Fault, UserFault } from "../../core/faults";
import { loadLinuxkit } from "../../images/linuxkit/load";
import { imagesIn } from "../../images/linuxkit/merge";
import { renderLinuxkit } from "../../images/linuxkit/render";
import type { LinuxkitFile } from "../../images/linuxkit/schema/linuxkit-file";
import type { DeploymentDefinition } from "../deployment-definition";
import type { DeploymentKind } from "../deployment-kind";
import { textFile } from "../text-file";

type Role = (typeof LINUXKIT_ROLES)[number];

/** Options of {@link Deployment.linuxkit}: besides, a file or its path by role (`worker`). */
export type LinuxkitDeploymentProps = {
  /** LinuxKit file of all nodes, or its path. */
  readonly image: string | TextFile;
  /** Files below /run/config of every node: no secrets, as they are in Terraform's state. @default - none */
  readonly metadata?: MetadataTree;
  /** The same by role. @default - none */
  readonly roleMetadata?: Readonly<Record<string, MetadataTree>>;
} & Readonly<Partial<Record<Role, string | TextFile>>>;

/** A file may be a part: only what is merged has to be whole. */
const judge = ({ written, content }: TextFile): readonly Fault[] => {
  try {
    loadLinuxkit([{ name: written, text: content }], true);
    return [];
  } catch (error) {
    if (error instanceof UserFault) return error.faults;
    throw error;
  }
};
const rules: DeploymentRules = {
  ...linuxkitRules,
  files: Object.fromEntries(["image", ...LINUXKIT_ROLES].map((it) => [it, judge])),
};

/** The kind, for cluster files. */
export const linuxkitKind: DeploymentKind<LinuxkitDeploymentProps> = {
  rules,
  define: linuxkitDefinition,
};

/**
 * See the header.
 * @throws UserFault AS1211, AS1604 for files that cannot be read; what is wrong with one, and with what they are together
 */
export function linuxkitDefinition(props: LinuxkitDeploymentProps): DeploymentDefinition {
  const { image, metadata = {}, roleMetadata = {} } = props;
  const base = textFile(image, "deployment.image", judge);
  const own = LINUXKIT_ROLES.flatMap((role) => {
    const given = props[role];
    return given === undefined
      ? []
      : [[role, textFile(given, `deployment.${role}`, judge)] as const];
  });
  const byRole = new Map<string, TextFile>(own);
  const images = new Map<string, LinuxkitFile>();
  const imageOf = (role: string): LinuxkitFile => {
    const made = images.get(role) ?? merge(base, byRole.get(role));
    images.set(role, made);
    return made;
  };
  // Said at once, not when a stack is written.
  for (const role of byRole.keys()) imageOf(role);
  if (byRole.size === 0) imageOf("");
  return {
    rules: {
      ...rules,
      containerImages: ({ pools }) => [
        ...new Set(pools.flatMap(({ role }) => imagesIn(imageOf(role)))),
      ],
    },
    options: {
      image: base.written,
      ...Object.fromEntries(own.map(([role, { written }]) => [role, written])),
      metadata,
      roleMetadata,
    },
    userData: ({ pool, nodeName }) =>
      userDataOf(mergeMetadata(metadata, roleMetadata[pool.role] ?? {}), nodeName),
    synthesized: ({ pools }) =>
      Object.fromEntries(
        pools.map(({ role }) => [`linuxkit/${role}.yml`, renderLinuxkit(imageOf(role))]),
      ),
  };
}

function merge(base: TextFile, own: TextFile | undefined): LinuxkitFile {
  const texts = [base, ...(own ? [own] : [])].map(({ written, content }) => ({
    name: written,
    text: content,
  }));
  return loadLinuxkit(texts).image;
}

/** What the metadata package unpacks; it sets the host name by a file of its own. */
function userDataOf(tree: MetadataTree, nodeName: string): string {
  const text = JSON.stringify(
    { hostname: { content: nodeName, perm: "0644" }, ...tree },
    undefined,
    1,
  );
  // What stands for the name is not to be escaped; a name has nothing that would have to be.
  return text.replaceAll(JSON.stringify(nodeName).slice(1, -1), () => nodeName);
}
