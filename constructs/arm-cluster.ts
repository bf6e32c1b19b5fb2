/**
 * A cluster of ARM64 nodes. Everything is put together in memory; Terraform, not this process,
 * talks to machines. Files that it names (keys, certificates, playbooks) are read here.
 */
import { Annotations, Lazy } from "cdktf";
import { Construct } from "constructs";
import type { ClusterConfig, ClusterSpec } from "../cluster";
import { fault, formatFault, throwIfAny } from "../core/faults";
import { DNS_LABEL, type KernelVariantName } from "../core/names";
import { ClusterImage } from "../images/cluster-image";
import { type Access, privateKeyPath, resolveAccess } from "./access";
import type { ArmClusterProps } from "./arm-cluster-props";
import { bastionArguments, describeBastion } from "./bastion";
import { Bootstrap, readOwnPlay } from "./bootstrap";
import { catalogueFor, checkModel, checkPool } from "./check-model";
import { configuredProps } from "./configured-props";
import type { Deployment } from "./deployment";
import type { AnyDeploymentKind } from "./deployment-kind";
import { interpolate } from "./expression";
import { currentBase } from "./files";
import { known } from "./known";
import { NodePool, type NodePoolProps } from "./node-pool";
import type { NodePoolContext } from "./node-pool-context";
import { mapNodes, nodeTable } from "./nodes";
import { RegistryMirrors } from "./registry-mirrors";
import { clusterPrefix } from "./resource-names";
import { VerifiedImages } from "./verified-images";
import { imageQuestions } from "./mirrors/image-queries";

/** See the header. */
export class ArmCluster extends Construct {
  /** Mirrors of container registries; more may be added until synth. */
  readonly mirrors: RegistryMirrors;
  /** What makes nodes out of devices; plays and variables may be added until synth. */
  readonly bootstrap: Bootstrap;
  /** What nodes boot, unless their pool says otherwise. */
  readonly image: ClusterImage;
  /** Kernel variant, unless a pool says otherwise. */
  readonly kernel: KernelVariantName;
  readonly #props: ArmClusterProps;
  readonly #access: Access;
  readonly #context: NodePoolContext;
  readonly #pools: NodePool[] = [];

  /**
   * @param scope - parent, usually the stack
   * @param id - the cluster's name, a DNS label
   * @param props - what all pools share
   * @throws UserFault AS1601, AS1604, AS1605, AS1606, and AS12… for files that cannot be read
   */
  constructor(scope: Construct, id: string, props: ArmClusterProps) {
    throwIfAny(
      DNS_LABEL.test(known(id, "cluster")) ? [] : [fault("AS1601", "cluster", { given: id })],
    );
    super(scope, id);
    const base = currentBase();
    this.#props = props;
    this.image = props.image ?? ClusterImage.debian();
    this.kernel = props.kernel ?? "standard";
    this.mirrors = props.mirrors ?? new RegistryMirrors();
    this.#access = resolveAccess(props.access ?? {}, props.substrate.spec, base);
    this.#context = this.#bind(id);
    this.bootstrap = new Bootstrap(this, "Bootstrap", props.bootstrap ?? {}, {
      cluster: id,
      resourceName: this.#resourceName("bootstrap"),
      provider: this.#context.bound.provider,
      access: this.#access,
      mirrors: this.mirrors,
      deployment: props.deployment,
      describe: () => this.describe(),
      pools: () => this.pools,
    });
    this.#verifyImages();
    this.node.addValidation({ validate: () => this.#validate() });
  }

  /**
   * A cluster as a cluster file describes it.
   * @param scope - parent, usually the stack
   * @param id - name of the construct and the cluster
   * @param config - a loaded cluster file
   * @param kinds - kinds of deployments beside those of this package
   * @throws UserFault AS1207 when the deployment is of none of them
   */
  static fromConfig(
    scope: Construct,
    id: string,
    config: ClusterConfig,
    kinds: readonly AnyDeploymentKind[] = [],
  ): ArmCluster {
    const { props, pools } = configuredProps(config, kinds);
    const cluster = new ArmCluster(scope, id, props);
    for (const [name, pool] of pools) cluster.addNodePool(name, pool);
    return cluster;
  }

  /**
   * Adds nodes.
   * @param name - the pool's name, a DNS label: its nodes are `<name>-0`, `<name>-1`, …
   * @param props - what the nodes are
   * @throws UserFault AS12…, AS1604 with everything that is wrong with the pool by itself
   */
  addNodePool(name: string, props: NodePoolProps): NodePool {
    const pool = new NodePool(this, name, props, this.#context);
    this.#pools.push(pool);
    return pool;
  }

  /** All pools, sorted by name: the order in which they were added means nothing. */
  get pools(): readonly NodePool[] {
    return [...this.#pools].sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
  }

  /** Where clients reach the deployment; the nodes' addresses without one. Known after apply. */
  get endpoint(): string {
    return Lazy.stringValue({
      produce: () => {
        const map = mapNodes.bind(undefined, this.pools);
        const addresses = `join(",", ${map([], "device.access_public_ipv4")})`;
        return interpolate(this.#props.deployment?.definition.endpoint?.({ map }) ?? addresses);
      },
    });
  }

  /** A map: node name → role, pool, kernel, addresses, user, port, device. Known after apply. */
  get nodes(): string {
    return Lazy.stringValue({ produce: () => interpolate(nodeTable(this.pools, this.#access)) });
  }

  /** The cluster as a file would describe it, with all defaults. */
  describe(): ClusterSpec {
    const { deployment, labels, substrate } = this.#props;
    const { user, port, createKeys, sshKeys, bastion } = this.#access;
    const { vars, secretVars, plays, destroyPlays, props } = this.bootstrap;
    const vaults = Object.keys(this.bootstrap.vaultPasswords);
    return {
      apiVersion: "armstead/v1",
      kind: "Cluster",
      metadata: { name: this.node.id, labels: labels ?? {} },
      substrate: { metal: substrate.spec },
      access: {
        ...{ user, port, createKeys, sshKeys: sshKeys.map(({ written }) => written) },
        ...(bastion ? { bastion: describeBastion(bastion) } : {}),
      },
      image: this.image.describe(),
      kernel: this.kernel,
      pools: this.pools.map(({ spec }) => spec),
      registries: this.mirrors.describe(),
      ...(deployment ? { deployment: describeDeployment(deployment) } : {}),
      bootstrap: {
        ...props,
        vars,
        secretVars: Object.keys(secretVars),
        vaultPasswords: vaults.length === 0 ? undefined : vaults,
        plays: plays.map(({ written }) => written),
        destroyPlays: destroyPlays?.map(({ written }) => written),
      },
    };
  }

  #bind(id: string): NodePoolContext {
    const { substrate, labels, deployment } = this.#props;
    const definition = deployment?.definition;
    const catalogue = catalogueFor(deployment);
    const resourceName = (part: string): string => this.#resourceName(part);
    const bound = substrate.bind(this, id, resourceName);
    const { sshKeys, createKeys, bastion } = this.#access;
    return {
      cluster: id,
      clusterLabels: labels ?? {},
      image: this.image,
      kernel: this.kernel,
      substrate: substrate.spec,
      bound,
      sshKeyIds: bound.project.keys.add(sshKeys, createKeys),
      sshPort: this.#access.port,
      bastion: bastion && bastionArguments(bastion, privateKeyPath(bastion, this)),
      resourceName,
      userData: (it) => definition?.userData?.({ ...it, cluster: this.describe() }),
      check: (pool) => {
        const { image, kernel } = this;
        const rest = { image, kernel, substrate: { metal: substrate.spec } };
        throwIfAny(checkPool(rest, pool, catalogue));
      },
      readPlay: (file) => readOwnPlay(file, "play"),
    };
  }

  #verifyImages(): void {
    new VerifiedImages(this, "Images", {
      provider: this.#context.bound.provider,
      resourceName: this.#resourceName("images"),
      questions: () => {
        const registries = this.mirrors.resolved;
        if (registries.verify !== true) return [];
        const rules = this.#props.deployment?.definition.rules;
        return imageQuestions(registries, rules?.containerImages?.(this.describe()) ?? []);
      },
    });
  }

  #validate(): string[] {
    const found = checkModel(this.describe(), this.#props.deployment);
    for (const { fault: warning, severity } of found) {
      if (severity === "warning") Annotations.of(this).addWarning(formatFault(warning));
    }
    return found
      .filter(({ severity }) => severity !== "warning")
      .map(({ fault: error }) => formatFault(error));
  }

  #resourceName(part: string): string {
    return `${clusterPrefix(this)}_${part}`;
  }
}

function describeDeployment({ definition }: Deployment): NonNullable<ClusterSpec["deployment"]> {
  return { kind: definition.rules.kind, ...definition.options };
}
