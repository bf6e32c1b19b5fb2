/** Serves a provider in this process until Terraform is done with it. */
import { Bug, describeError } from "../core/faults";
import { createService } from "./framework/create-service";
import type { Provider } from "./framework/resource";
import { Session } from "./framework/session";
import { findHandler } from "./protocol/provider-service";
import { servePlugin } from "./protocol/serve";

/** Where stacks and Terraform find the provider. */
export const PROVIDER_SOURCE = "terraform.local/armstead/armstead";

/**
 * Serves a provider.
 * @param provider - what is served
 * @param argv - arguments of the process: `--debug` serves until killed and prints how to attach
 */
export function serveProvider<C>(provider: Provider<C>, argv: readonly string[]): void {
  const session = new Session(provider, logDebug);
  const service = createService(session);
  servePlugin({
    source: PROVIDER_SOURCE,
    findHandler: (path) => findHandler(service, path),
    debug: argv.includes("--debug"),
    onCrash: (error) => {
      logDebug(error instanceof Error ? (error.stack ?? error.message) : String(error));
      session.stop(new Bug(describeError(error), { cause: error }));
    },
  });
}

/** Terraform shows it with TF_LOG=debug; every line names its level. */
function logDebug(text: string): void {
  const lines = text.split("\n").map((line) => `[DEBUG] ${line}\n`);
  process.stderr.write(lines.join(""));
}
