/** A file as it is to be on a node. */

/** See the header. */
export interface RenderedFile {
  /** Absolute path on the node. */
  readonly path: string;
  readonly content: string;
  /** Whether it holds a login, as a template: then only its owner may read it. */
  readonly secret?: true;
}
