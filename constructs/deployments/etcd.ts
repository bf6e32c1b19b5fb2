/** The etcd deployment: shipped play, its variables, and the members' client addresses. Pure. */
import { type EtcdOptions, etcdRules, LAB_ARTIFACTS } from "../../cluster/deployments/etcd";
import type { DeploymentDefinition } from "../deployment-definition";
import type { DeploymentKind } from "../deployment-kind";
import { quote } from "../expression";
import { shippedPlay } from "../shipped-play";

/** Port on which members and gateways take clients. */
export const ETCD_CLIENT_PORT = 2379;

/** Options of {@link Deployment.etcd}. */
export interface EtcdDeploymentProps {
  /** Archive with etcd and etcdctl, and its checksum. @default - what the lab serves, in the lab only */
  readonly artifacts?: { readonly url: string; readonly checksum: string };
  /** Version that the binaries must report. @default - not checked */
  readonly version?: string;
}

/** The kind, for cluster files. */
export const etcdKind: DeploymentKind<EtcdDeploymentProps> = {
  rules: etcdRules,
  define: etcdDefinition,
};

/** See the header. */
export function etcdDefinition({ artifacts, version }: EtcdDeploymentProps): DeploymentDefinition {
  const options: EtcdOptions = {
    ...(artifacts === undefined ? {} : { artifacts: { ...artifacts } }),
    ...(version === undefined ? {} : { version }),
  };
  const { url, checksum } = artifacts ?? LAB_ARTIFACTS;
  return {
    rules: etcdRules,
    options,
    plays: [shippedPlay("etcd")],
    vars: {
      etcd_artifact_url: url,
      etcd_artifact_checksum: checksum,
      etcd_version: version?.replace(/^v/, "") ?? "",
    },
    endpoint: (nodes) => {
      const members = nodes.map(
        ["etcd-member"],
        `format(${quote("http://%s:%d")}, device.access_private_ipv4, ${ETCD_CLIENT_PORT})`,
      );
      return `join(",", ${members})`;
    },
  };
}
