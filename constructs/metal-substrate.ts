/**
 * Machines from a Packet-style API: the provider, the project, and the claim under which everything
 * of a cluster is made. Nothing is asked of the API here.
 */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { MetalSpec } from "../cluster";
import { LAB_ENDPOINT } from "../core/lab-defaults";
import { escapeAroundTokens } from "./expression";
import { Claim } from "./l1/claim";
import { DataProject } from "./l1/data-project";
import { Project } from "./l1/project";
import { ArmsteadProvider } from "./l1/provider";
import { ProviderPackage } from "./provider-package";

/** Properties of a {@link MetalSubstrate}. */
export interface MetalSubstrateProps {
  /** Name of the project that owns the devices. */
  readonly project: string;
  /** Code of the metro: `da`. */
  readonly metro: string;
  /** `lab`, or the API's URL. @default lab */
  readonly endpoint?: string;
  /** The API's flavour. @default packet */
  readonly dialect?: "packet";
  /** Makes the project with the cluster, and removes it with it. @default - true in the lab, false elsewhere */
  readonly createProject?: boolean;
  /** Device plans, tried in this order when one is sold out. @default - pools name theirs */
  readonly capacity?: readonly string[];
}

/** What a cluster gets of its substrate. */
export interface BoundSubstrate {
  readonly provider: ArmsteadProvider;
  /** Expressions. */
  readonly projectId: string;
  readonly claimId: string;
}

/** See the header. */
export class MetalSubstrate {
  /** Settings with their defaults. */
  readonly spec: MetalSpec;

  /** @param props - settings; values are checked with the cluster's */
  constructor(props: MetalSubstrateProps) {
    const endpoint = props.endpoint ?? LAB_ENDPOINT;
    this.spec = {
      endpoint,
      dialect: props.dialect ?? "packet",
      project: props.project,
      createProject: props.createProject ?? endpoint === LAB_ENDPOINT,
      metro: props.metro,
      capacity: [...(props.capacity ?? [])],
    };
  }

  /**
   * Adds provider, project and claim.
   * @param scope - the cluster
   * @param cluster - its name
   * @param name - names resources by their part
   */
  bind(scope: Construct, cluster: string, name: (part: string) => string): BoundSubstrate {
    const provider = this.#provider(TerraformStack.of(scope), cluster);
    const config = { provider, name: escapeAroundTokens(this.spec.project) };
    const project = this.spec.createProject
      ? new Project(scope, "Project", config)
      : new DataProject(scope, "Project", config);
    project.overrideLogicalId(name("project"));
    const claim = new Claim(scope, "Claim", { provider, name: cluster, projectId: project.id });
    claim.overrideLogicalId(name("claim"));
    return { provider, projectId: project.id, claimId: claim.id };
  }

  /** One provider for all clusters of a stack that use the same API; further ones get an alias. */
  #provider(stack: TerraformStack, cluster: string): ArmsteadProvider {
    const { endpoint, dialect } = this.spec;
    const others = stack.node.children.filter((it) => it instanceof ArmsteadProvider);
    const same = others.find((it) => it.endpoint === endpoint && it.dialect === dialect);
    if (same) return same;
    ProviderPackage.ensure(stack);
    return new ArmsteadProvider(stack, others.length === 0 ? "armstead" : `armstead-${cluster}`, {
      endpoint,
      dialect,
      ...(others.length === 0 ? {} : { alias: cluster }),
    });
  }
}
