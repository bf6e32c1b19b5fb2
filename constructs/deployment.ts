/**
 * What the roles of a cluster become together. A deployment is data: rules, the plays that it runs,
 * their variables, and where the result answers. Other packages bring kinds of their own.
 */
import type { DeploymentDefinition } from "./deployment-definition";
import type { DeploymentKind } from "./deployment-kind";
import { caasDefinition, type CaasDeploymentProps } from "./deployments/caas";
import { coreosDefinition, type CoreosDeploymentProps } from "./deployments/coreos";
import { dockerDefinition, type DockerDeploymentProps } from "./deployments/docker";
import { etcdDefinition, type EtcdDeploymentProps } from "./deployments/etcd";
import { k3sDefinition, type K3sDeploymentProps } from "./deployments/k3s";
import { kubeadmDefinition, type KubeadmDeploymentProps } from "./deployments/kubeadm";
import { linuxkitDefinition, type LinuxkitDeploymentProps } from "./deployments/linuxkit";
import { starlingxDefinition, type StarlingxDeploymentProps } from "./deployments/starlingx";

/** See the header. */
export class Deployment {
  /** @param definition - what it is made of */
  constructor(readonly definition: DeploymentDefinition) {}

  /**
   * A deployment of any kind, such as one of another package.
   * @param kind - what it is
   * @param options - the kind's own
   */
  static of<Options extends object>(kind: DeploymentKind<Options>, options: Options): Deployment {
    return new Deployment(kind.define(options));
  }

  /** A quorum of etcd: members keep the data, workers and proxies get a gateway to it. */
  static etcd(props: EtcdDeploymentProps = {}): Deployment {
    return new Deployment(etcdDefinition(props));
  }

  /** k3s with embedded etcd: control-plane nodes are servers, workers are agents. */
  static k3s(props: K3sDeploymentProps): Deployment {
    return new Deployment(k3sDefinition(props));
  }

  /** CoreOS as a service: machines tell what they are, and are given their roles when they boot. */
  static caas(props: CaasDeploymentProps): Deployment {
    return new Deployment(caasDefinition(props));
  }

  /** A CoreOS cluster: etcd, docker, flannel and units, by plays, Ignition or a cloud-config. */
  static coreos(props: CoreosDeploymentProps = {}): Deployment {
    return new Deployment(coreosDefinition(props));
  }

  /** Kubernetes by kubeadm, with containerd and stacked etcd. */
  static kubeadm(props: KubeadmDeploymentProps): Deployment {
    return new Deployment(kubeadmDefinition(props));
  }

  /** Nodes that boot an image of LinuxKit files; it is built from what the stack's folder has then. */
  static linuxkit(props: LinuxkitDeploymentProps): Deployment {
    return new Deployment(linuxkitDefinition(props));
  }

  /** Docker Engine on every node, with its options and the services of a compose file. */
  static docker(props: DockerDeploymentProps): Deployment {
    return new Deployment(dockerDefinition(props));
  }

  /** StarlingX: All-in-one, Standard, or a distributed cloud, with controllers, workers and storage hosts. */
  static starlingx(props: StarlingxDeploymentProps): Deployment {
    return new Deployment(starlingxDefinition(props));
  }
}
