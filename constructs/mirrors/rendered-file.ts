/** A file as it is to be on a node. */

/** See the header. */
export interface RenderedFile {
  /** Absolute path on the node. */
  readonly path: string;
  readonly content: string;
}
