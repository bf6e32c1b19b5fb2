/** A last look after the caller's time is up: what a cut-off create has made must not be forgotten. */
import type { CallOptions } from "../../core/bounded";

const RESCUE_MS = 10_000;

/** The options themselves while they last, else a little time of their own. */
export function rescueOptions(options: CallOptions): CallOptions {
  return options.signal?.aborted ? { signal: AbortSignal.timeout(RESCUE_MS) } : options;
}
