/** A playbook of a deployment. */

/** A playbook of a deployment with the files that travel with it. */
export interface DeploymentPlay {
  /** Name that errors show. */
  readonly name: string;
  /** YAML. */
  readonly content: string;
  /** Content by path, as tasks name it. */
  readonly files: Readonly<Record<string, string>>;
}
