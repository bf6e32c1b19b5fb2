/** Which of the formats of `linuxkit build` make sense here. Pure. */
import { fault, type Fault } from "../../core/faults";
import { OUTPUT_FORMATS } from "./tables/formats";

/** Names of formats that an arm64 machine boots. */
export const ARM64_FORMATS: readonly string[] = OUTPUT_FORMATS.filter(
  ({ notOnArm64 }) => notOnArm64 === undefined,
).map(({ name }) => name);

/** Formats whose one file can go to the standard output, when nothing else is asked for. */
const STREAMED = ["tar", "docker"];

/**
 * What is wrong with a choice of formats.
 * @param names - as `--format` would have them
 * @param at - what they are called where they were given
 */
export function checkFormats(names: readonly string[], at = "format"): Fault[] {
  const faults = names.flatMap((given): Fault[] => {
    const format = OUTPUT_FORMATS.find(({ name }) => name === given);
    if (!format) {
      return [fault("AS1207", at, { problem: "unknown format", given, allowed: ARM64_FORMATS })];
    }
    const { notOnArm64 } = format;
    if (notOnArm64 === undefined) return [];
    return [fault("AS1778", at, { problem: notOnArm64, given, allowed: ARM64_FORMATS })];
  });
  const streamed = names.find((it) => STREAMED.includes(it));
  if (streamed === undefined || names.length === 1) return faults;
  const problem = "the format is a stream, and cannot be built together with others:";
  return [...faults, fault("AS1778", at, { problem, given: streamed, hint: "build it by itself" })];
}
