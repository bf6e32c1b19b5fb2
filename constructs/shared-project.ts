/**
 * A project, once for all clusters of a stack that are in it. Its name in Terraform is the stack's, so
 * that clusters may come and go, and nothing of the others is made anew.
 */
import { createHash } from "node:crypto";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { fault, throwIfAny } from "../core/faults";
import { escapeAroundTokens } from "./expression";
import { DataProject } from "./l1/data-project";
import { Project } from "./l1/project";
import type { ArmsteadProvider } from "./l1/provider";
import { resolved } from "./resolved";
import { identifier } from "./resource-names";
import { SharedKeys } from "./shared-keys";

/** Which project. */
export interface SharedProjectProps {
  readonly provider: ArmsteadProvider;
  /** Its name; may be a token. */
  readonly name: string;
  /** Whether it is made and removed with the stack, or looked up. */
  readonly create: boolean;
}

/** See the header. */
export class SharedProject extends Construct {
  /** Expression of its id. */
  readonly id: string;
  /** The public keys in it. */
  readonly keys: SharedKeys;

  private constructor(
    stack: TerraformStack,
    id: string,
    resourceName: string,
    readonly props: SharedProjectProps,
  ) {
    super(stack, id);
    const { provider, create } = props;
    const config = { provider, name: escapeAroundTokens(props.name) };
    const project = create
      ? new Project(this, "Project", config)
      : new DataProject(this, "Project", config);
    project.overrideLogicalId(`${resourceName}_project`);
    this.id = project.id;
    const where = { provider, projectId: project.id, resourceName: `${resourceName}_access` };
    this.keys = new SharedKeys(this, "Keys", where);
  }

  /**
   * The project of a stack; added when it is not there yet.
   * @throws UserFault AS1606 when one cluster makes it, and another looks it up
   */
  static ensure(stack: TerraformStack, props: SharedProjectProps): SharedProject {
    // Equal stacks of other names differ in nothing but their names.
    const provider = props.provider.node.path.slice(stack.node.path.length);
    const digest = digestOf([provider, resolved(stack, props.name)]);
    const id = `armstead-project-${digest}`;
    const all = stack.node.children.filter((it) => it instanceof SharedProject);
    const found = all.find(({ node }) => node.id === id);
    if (found === undefined) {
      const short = identifier(stack.node.id);
      // Short, as nearly every stack has one project.
      return new SharedProject(stack, id, all.length === 0 ? short : `${short}_${digest}`, props);
    }
    throwIfAny(found.props.create === props.create ? [] : [contradiction(props.name)]);
    return found;
  }
}

function contradiction(given: string) {
  const problem = "one cluster of the stack makes the project, and another looks it up:";
  return fault("AS1606", "substrate.metal", { problem, given });
}

function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 8);
}
