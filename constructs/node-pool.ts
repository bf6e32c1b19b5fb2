/**
 * Nodes of one role, image, kernel and device plan: one `armstead_device` whose instances are keyed
 * by stable node names, so that taking a node away touches that node only.
 */
import { Lazy, TerraformIterator } from "cdktf";
import { Construct } from "constructs";
import { planLadder } from "../cluster/device-plans";
import { nodeNames } from "../cluster/pool-nodes";
import type { PlaybookFile, PoolSpec } from "../cluster";
import { type BootLoaderTuning, bootLoaderTuning, type KernelTuning } from "../cluster/tuning";
import type { KernelVariantName, NodeRoleName } from "../core/names";
import type { ClusterImage } from "../images/cluster-image";
import { escapeTemplate, interpolate } from "./expression";
import type { NodePoolContext } from "./node-pool-context";
import { Device } from "./l1/device";

/** Properties of a {@link NodePool}. */
export interface NodePoolProps {
  /** What the nodes do. */
  readonly role: NodeRoleName;
  /** Number of nodes, 1 to 500; exactly one of count and names is given. @default - as many as names */
  readonly count?: number;
  /** Names of the nodes. @default - `<pool>-0`, `<pool>-1`, … */
  readonly names?: readonly string[];
  /** Device plan. @default - the first of the substrate's capacity */
  readonly devicePlan?: string;
  /** Kernel variant. @default - the cluster's */
  readonly kernel?: KernelVariantName;
  /** What the nodes boot. @default - the cluster's */
  readonly image?: ClusterImage;
  /** What the kernel is told at boot: isolated CPUs, CPUs without a tick, huge pages. @default - nothing */
  readonly tuning?: KernelTuning;
  /** Free labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** See the header. */
export class NodePool extends Construct {
  /** What the nodes do. */
  readonly role: NodeRoleName;
  /** What the nodes boot. */
  readonly image: ClusterImage;
  /** Their kernel variant. */
  readonly kernel: KernelVariantName;
  /** What a play tells the boot loader; undefined where nothing, or the deployment's own commands, are told. */
  readonly tuning: BootLoaderTuning | undefined;
  /** Free labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of the nodes. */
  readonly nodeNames: readonly string[];
  /** Playbooks of this pool alone, in the order in which they were added. */
  readonly plays: PlaybookFile[] = [];
  /** The pool as a cluster file would describe it. */
  readonly spec: PoolSpec;
  readonly #devices: Device;
  readonly #context: NodePoolContext;

  /**
   * Made by `cluster.addNodePool()`.
   * @param scope - the cluster
   * @param id - the pool's name
   * @param props - its nodes
   * @param context - what the cluster shares with its pools
   */
  constructor(scope: Construct, id: string, props: NodePoolProps, context: NodePoolContext) {
    super(scope, id);
    this.#context = context;
    this.role = props.role;
    this.image = props.image ?? context.image;
    this.kernel = props.kernel ?? context.kernel;
    this.tuning = this.image.isToldByBootLoader ? bootLoaderTuning(props.tuning) : undefined;
    this.labels = props.labels ?? {};
    this.spec = poolSpec(id, props);
    context.check(this.spec);
    this.nodeNames = nodeNames({ name: id, ...props });
    this.#devices = this.#addDevices(props);
  }

  /** Address of the devices in Terraform: `armstead_device.<name>`. */
  get devicesAddress(): string {
    return `${Device.tfResourceType}.${this.#devices.friendlyUniqueId}`;
  }

  /**
   * Runs a playbook on this pool only, after the deployment's and the cluster's own plays.
   * @param file - its path, from the current folder
   * @throws UserFault AS1211, AS1227
   */
  addPlay(file: string): void {
    this.plays.push(this.#context.readPlay(file));
  }

  #addDevices({ devicePlan }: NodePoolProps): Device {
    const { substrate, bound, cluster, sshKeyIds, sshPort, bastion, clusterLabels } = this.#context;
    const [plan, ...fallbackPlans] = planLadder(devicePlan, substrate.capacity);
    const nodes = TerraformIterator.fromList([...this.nodeNames].sort());
    const labels = Object.entries({ ...clusterLabels, ...this.labels });
    const devices = new Device(this, "Devices", {
      provider: bound.provider,
      forEach: nodes,
      hostname: nodes.value as string,
      projectId: bound.projectId,
      claimId: bound.claimId,
      metro: substrate.metro,
      plan: plan ?? "",
      ...(fallbackPlans.length > 0 ? { fallbackPlans } : {}),
      ...this.image.boot(this.kernel),
      ...(this.image.isReachedBySsh ? {} : { waitForSsh: false }),
      userData: this.#userData(),
      projectSshKeyIds: sshKeyIds,
      sshPort,
      ...(bastion ? { bastion } : {}),
      tags: [
        `cluster:${cluster}`,
        `kernel:${this.kernel}`,
        `pool:${this.node.id}`,
        `role:${this.role}`,
        ...labels.map(([key, value]) => `label:${key}=${value}`).sort(),
      ],
      // Keys count when a machine is installed: another key is no reason to make it anew.
      lifecycle: { ignoreChanges: ["project_ssh_key_ids"] },
    });
    devices.overrideLogicalId(this.#context.resourceName(this.node.id));
    return devices;
  }

  /** Made at synth, as it may tell of other pools. */
  #userData(): string {
    const context = { pool: this.spec, image: this.image.describe(), nodeName: NODE_NAME };
    return Lazy.stringValue({
      produce: () =>
        this.#context
          .userData(context)
          ?.split(NODE_NAME)
          .map(escapeTemplate)
          .join(interpolate("each.key")),
    });
  }
}

/** Stands for a node's name in user data: no text that people write has it. */
const NODE_NAME = "\u0000node-name\u0000";

/** The pool as a cluster file would describe it. */
function poolSpec(name: string, { image, ...props }: NodePoolProps): PoolSpec {
  return {
    name,
    ...props,
    labels: props.labels ?? {},
    ...(image ? { image: image.describe() } : {}),
  };
}
