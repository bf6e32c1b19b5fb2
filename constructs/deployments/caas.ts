/**
 * The caas deployment: machines boot over the network, and what they are told is made of their discovery. Nothing runs
 * on them from outside; see caas/boot-plan.ts for what a boot server hands out.
 */
import type { ClusterSpec, TextFile } from "../../cluster";
import { readDiscovery } from "../../cluster/deployments/caas/discovery";
import type { CaasRole } from "../../cluster/deployments/caas/machine";
import { type CaasOptions, tryReadCaasOptions } from "../../cluster/deployments/caas/options";
import { caasRules, wantedOf } from "../../cluster/deployments/caas/rules";
import type { Artifact } from "../../cluster/deployments/artifact";
import { Bug, type Fault, throwIfAny } from "../../core/faults";
import type { DeploymentDefinition } from "../deployment-definition";
import type { DeploymentKind } from "../deployment-kind";
import { knownDeep } from "../known";
import { textFile } from "../text-file";
import { type BootPlan, bootPlan } from "./caas/boot-plan";

/** Options of {@link Deployment.caas}. */
export interface CaasDeploymentProps {
  /** URL of the boot server, as machines reach it. */
  readonly server: string;
  /** Program that unknown machines run to tell what they are. */
  readonly client: Artifact;
  /** Where machines get etcd from, and the stores that members run. */
  readonly etcd: { readonly artifacts: Artifact; readonly stores?: CaasOptions["etcd"]["stores"] };
  /** URL of the folder with kernel and ramdisk. @default - assets/flatcar of the server */
  readonly assets?: string;
  /** JSON file with what discovery clients have told, or its path. @default - nobody was discovered yet */
  readonly discovery?: string | TextFile;
  /** Roles that machines have already, by MAC address. @default - none */
  readonly assigned?: Readonly<Record<string, readonly CaasRole[]>>;
  /** Whether members are control planes too. @default false */
  readonly stacked?: boolean;
  /** Network of services. @default 172.30.0.0/24 */
  readonly serviceNetwork?: string;
  /** Network of containers, a /16. @default 10.99.0.0/16 */
  readonly podNetwork?: string;
  /** Public keys that may log in, in OpenSSH's format. @default - none */
  readonly sshKeys?: readonly string[];
}

const judge = ({ written, content }: TextFile): readonly Fault[] =>
  readDiscovery(written, content).faults;

/** The kind, for cluster files. */
export const caasKind: DeploymentKind<CaasDeploymentProps> = {
  rules: caasRules,
  define: caasDefinition,
};

/**
 * See the header.
 * @throws UserFault AS1211, AS1604, and what is wrong with the discovery file
 */
export function caasDefinition(props: CaasDeploymentProps): DeploymentDefinition {
  const { discovery, ...rest } = knownDeep(props, "deployment");
  const file =
    discovery === undefined ? undefined : textFile(discovery, "deployment.discovery", judge);
  return {
    rules: caasRules,
    options: { ...rest, ...(file === undefined ? {} : { discovery: file.written }) },
  };
}

/**
 * What a boot server hands out to the machines of a cluster.
 * @param cluster - a cluster with a caas deployment, checked
 * @param discovery - what its machines have told; its name is shown by faults
 * @throws UserFault AS1570 to AS1577
 */
export function caasBootPlan(
  cluster: ClusterSpec,
  discovery: Pick<TextFile, "written" | "content">,
): BootPlan {
  const options = tryReadCaasOptions(cluster.deployment ?? {});
  const { machines, faults } = readDiscovery(discovery.written, discovery.content);
  throwIfAny(faults);
  if (options === undefined)
    throw new Bug("a boot plan was asked for of keys that no schema passed");
  const wanted = wantedOf(cluster, options);
  return bootPlan({ cluster: cluster.metadata.name, options, wanted, machines });
}
