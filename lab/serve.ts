/**
 * The lab's server as a process of its own, started by `control/spawn-server.ts`. Logs JSON lines to
 * stdout. SIGTERM and SIGINT end it in order; machines go on.
 */
import { describeError } from "../core/faults";
import type { LabLog } from "./context";
import { createDriver } from "./drivers";
import { type RunningLab, startLab } from "./lab";
import { serveOptionsSchema } from "./serve-options";

const log: LabLog = (event, fields = {}) => {
  const line = { time: new Date().toISOString(), event, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

async function main(text: string): Promise<void> {
  const { folder, cacheFolder, driver, port, nodePort, rules } = serveOptionsSchema.parse(
    JSON.parse(text),
  );
  const given = Object.entries(rules).filter(([, value]) => value !== undefined);
  const lab = await startLab({
    folder,
    driver: createDriver(driver, { folder, cacheFolder }),
    port,
    nodePort,
    rules: Object.fromEntries(given),
    log,
  });
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    process.once(name, () => {
      void end(lab, name);
    });
  }
}

async function end(lab: RunningLab, why: string): Promise<void> {
  log("lab.stopping", { why });
  try {
    await lab.stop();
    process.exit(0);
  } catch (error) {
    log("lab.failed", { error: describeError(error) });
    process.exit(1);
  }
}

// A disk that takes no log is no reason to leave clients without answers.
process.stdout.on("error", () => undefined);
main(process.argv[2] ?? "").catch((error: unknown) => {
  const words = describeError(error);
  log("lab.failed", { error: words });
  if (process.send) process.send(words, () => process.exit(1));
  else process.exit(1);
});
