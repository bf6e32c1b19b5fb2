/**
 * Machines from a Packet-style API: the provider, the project, and the claim under which everything
 * of a cluster is made. Nothing is asked of the API here.
 */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { MetalSpec } from "../cluster";
import { fault, type Fault, throwIfAny } from "../core/faults";
import { LAB_ENDPOINT } from "../core/lab-defaults";
import { Claim } from "./l1/claim";
import { ArmsteadProvider } from "./l1/provider";
import { ProviderPackage } from "./provider-package";
import { resolved } from "./resolved";
import { clusterPrefix } from "./resource-names";
import { SharedProject } from "./shared-project";

/** Properties of a {@link MetalSubstrate}. */
export interface MetalSubstrateProps {
  /** Name of the project that owns the devices; clusters of a stack share it. */
  readonly project: string;
  /** Code of the metro: `da`. */
  readonly metro: string;
  /** `lab`, or the API's URL. @default - the provider's, or lab without one */
  readonly endpoint?: string;
  /**
   * The provider as it is: with a token of its own, say. It has to be in the clusters' stack.
   * @default - one of the stack for the same endpoint; the first one, or a new one that looks for its token itself
   */
  readonly provider?: ArmsteadProvider;
  /** The API's flavour. @default packet */
  readonly dialect?: "packet";
  /** Makes the project with the stack, and removes it with it. @default - true in the lab, false elsewhere */
  readonly createProject?: boolean;
  /** Device plans, tried in this order when one is sold out. @default - pools name theirs */
  readonly capacity?: readonly string[];
}

/** What a cluster gets of its substrate. */
export interface BoundSubstrate {
  readonly provider: ArmsteadProvider;
  readonly project: SharedProject;
  /** Expressions. */
  readonly projectId: string;
  readonly claimId: string;
}

const DIALECT = "packet";

/** See the header. */
export class MetalSubstrate {
  /** Settings with their defaults. */
  readonly spec: MetalSpec;
  readonly #provider: ArmsteadProvider | undefined;

  /**
   * @param props - settings; values are checked with the cluster's
   * @throws UserFault AS1606 when nothing tells the provider's endpoint
   */
  constructor(props: MetalSubstrateProps) {
    const { provider } = props;
    const endpoint = props.endpoint ?? provider?.endpoint ?? LAB_ENDPOINT;
    throwIfAny(provider ? checkEndpointIsKnown(provider, props.endpoint) : []);
    this.#provider = provider;
    this.spec = {
      endpoint,
      dialect: props.dialect ?? DIALECT,
      project: props.project,
      createProject: props.createProject ?? endpoint === LAB_ENDPOINT,
      metro: props.metro,
      capacity: [...(props.capacity ?? [])],
    };
  }

  /**
   * Adds provider, project and claim; what clusters of a stack can share is added once.
   * @param scope - the cluster
   * @param cluster - its name
   * @param name - names resources by their part
   * @throws UserFault AS1606
   */
  bind(scope: Construct, cluster: string, name: (part: string) => string): BoundSubstrate {
    const stack = TerraformStack.of(scope);
    ProviderPackage.ensure(stack);
    const provider = this.#provider ?? this.#ensureProvider(stack, scope);
    throwIfAny(checkProvider(stack, provider, this.spec));
    const { project: projectName, createProject: create } = this.spec;
    const project = SharedProject.ensure(stack, { provider, name: projectName, create });
    const claim = new Claim(scope, "Claim", { provider, name: cluster, projectId: project.id });
    claim.overrideLogicalId(name("claim"));
    return { provider, project, projectId: project.id, claimId: claim.id };
  }

  /** One provider for all clusters of a stack that use the same API; further ones get an alias. */
  #ensureProvider(stack: TerraformStack, cluster: Construct): ArmsteadProvider {
    const { endpoint, dialect } = this.spec;
    const wanted = resolved(stack, endpoint);
    const others = stack.node.children.filter((it) => it instanceof ArmsteadProvider);
    const same = others.find(
      (it) => resolved(stack, it.endpoint) === wanted && (it.dialect ?? DIALECT) === dialect,
    );
    if (same) return same;
    const alias = clusterPrefix(cluster);
    return new ArmsteadProvider(stack, others.length === 0 ? "armstead" : `armstead-${alias}`, {
      endpoint,
      dialect,
      ...(others.length === 0 ? {} : { alias }),
    });
  }
}

function checkEndpointIsKnown({ endpoint }: ArmsteadProvider, given: string | undefined): Fault[] {
  if (endpoint !== undefined || given !== undefined) return [];
  const hint = "name it, or give the provider one: defaults depend on it";
  return [contradiction("the endpoint is not known", { hint })];
}

function checkProvider(
  stack: TerraformStack,
  { node, endpoint: its }: ArmsteadProvider,
  { endpoint }: MetalSpec,
): Fault[] {
  if (!node.scopes.includes(stack)) return [contradiction("the provider is one of another stack")];
  const given = resolved(stack, endpoint);
  const allowed = String(resolved(stack, its) ?? given);
  if (given === allowed) return [];
  return [contradiction("the provider has another endpoint than", { given, allowed })];
}

function contradiction(problem: string, parts: Partial<Fault> = {}): Fault {
  return fault("AS1606", "substrate.metal", { ...parts, problem });
}
