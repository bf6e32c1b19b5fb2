/** A kind of deployment that cluster files can name: other packages bring their own in this shape. */
import type { DeploymentRules } from "../cluster";
import type { DeploymentDefinition } from "./deployment-definition";

/** See the header. */
export interface DeploymentKind<Options extends object = Readonly<Record<string, unknown>>> {
  /** Its name, roles and options, and what must hold of a cluster. */
  readonly rules: DeploymentRules;
  /**
   * The deployment with options that the rules' schema has passed.
   * @param options - keys of the cluster file beside `kind`
   */
  define(options: Options): DeploymentDefinition;
}

/** A kind with whatever options: its own schema judges them. */
export type AnyDeploymentKind = DeploymentKind<never>;
