/** Filters of moments: `strftime` and `to_datetime`. */
import { TemplateFailure } from "../failure";
import { plainNumber } from "../numbers";
import { formatSeconds } from "../moments/local-time";
import { readMoment } from "../moments/strptime";
import { pythonBool, pythonStr, pythonType } from "../python";
import { NO_CLOCK } from "../refused";
import type { Callables } from "./callable";

/** See the file's header. */
export const MOMENT_FILTERS: Callables = {
  strftime: {
    params: ["second", "utc"],
    run: (format, [second, utc = false], { clock }) => {
      if (second === undefined || second === null) {
        if (!clock) throw new TemplateFailure("other", `strftime without seconds: ${NO_CLOCK}`);
        return formatSeconds(pythonStr(format), clock() / 1000, pythonBool(utc));
      }
      return formatSeconds(pythonStr(format), secondsOf(second), pythonBool(utc));
    },
  },
  to_datetime: {
    params: ["format"],
    run: (text, [format = "%Y-%m-%d %H:%M:%S"]) => {
      if (typeof text === "string") return readMoment(text, pythonStr(format));
      const problem = `to_datetime needs text, not a value of the type ${pythonType(text)}`;
      throw new TemplateFailure("other", problem);
    },
  },
};

function secondsOf(value: unknown): number {
  const text = typeof value === "string" ? value.trim() : undefined;
  const number = text !== undefined && text !== "" ? Number(text) : plainNumber(value);
  if (number !== undefined && !Number.isNaN(number)) return number;
  throw new TemplateFailure("other", `Invalid value for epoch value (${pythonStr(value)})`);
}
