/** Python's floats that JavaScript's numbers cannot tell from whole ones. Pure. */

/** A float without fraction, such as 1.0, or one that is no number. In JSON it is its number. */
export class WholeFloat {
  /** @param value - the number */
  constructor(readonly value: number) {}

  /** The number. */
  valueOf(): number {
    return this.value;
  }

  /** The number. */
  toJSON(): number {
    return this.value;
  }
}
