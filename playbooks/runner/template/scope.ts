/** What templates ask of whoever knows the variables. */

/** What became of a look-up. */
export type Found =
  | { readonly found: true; readonly value: unknown }
  | { readonly found: false; readonly reason: string };

/** The variables that a template sees. */
export interface VariableScope {
  /** The playbook or file of tasks whose files lookups find first. @default - beside the playbooks */
  readonly from?: string | undefined;
  /** A variable, or a part of it. @throws TemplateFailure other than of kind `undefined` */
  find(root: string, path: readonly (string | number)[]): Found;
  /** A variable of another host. */
  findOfHost(host: string, path: readonly (string | number)[]): Found;
  /** Names of all variables. */
  names?(): readonly string[];
}
