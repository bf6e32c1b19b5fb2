/** Work that hostile input must not make endless. */
import { runInNewContext } from "node:vm";

/** Far more than any such work takes, and far less than for ever. */
const PATIENCE_MS = 10_000;

/** The result of what never waits for anything. @throws Error when it goes on and on */
export function endsInTime<T>(work: () => T): T {
  return runInNewContext("work()", { work }, { timeout: PATIENCE_MS }) as T;
}
