/** Listening to an AbortSignal on which many wait at once. */
import { setMaxListeners } from "node:events";

/**
 * Calls back once when the signal aborts; never for one that has aborted already, so ask it first.
 * Everything that waits on a signal of its caller listens through here and ends it again.
 * @returns ends the listening
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (!signal) return () => undefined;
  // One signal stops all the work of a command. Node takes more than ten listeners for a leak and warns.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", listener, { once: true });
  return () => {
    signal.removeEventListener("abort", listener);
  };
}
