/** A value that does not have the type its schema says, and where. */

/** Thrown by the value codec. Never holds the value itself: it may be secret. */
export class CtyError extends Error {
  override readonly name = "CtyError";

  /**
   * @param path - names, keys and indexes from the outermost value
   * @param problem - what is wrong, in one clause
   */
  constructor(
    readonly path: readonly (string | number)[],
    readonly problem: string,
  ) {
    super(path.length === 0 ? problem : `${path.join(".")}: ${problem}`);
  }
}
