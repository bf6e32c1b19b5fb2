/** Whole numbers on a command line, for commander's options. Pure. */
import { InvalidArgumentError } from "commander";

/**
 * A parser for one option.
 * @param least - smallest allowed number
 * @param most - largest allowed number
 * @param hint - what a special number means, such as `0 takes a free one`
 */
export function wholeNumber(least: number, most: number, hint = ""): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(
      `Allowed: ${least} to ${most}${hint === "" ? "" : `, ${hint}`}.`,
    );
  };
}
