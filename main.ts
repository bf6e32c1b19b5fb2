/** Reads the cluster file that ARMSTEAD_CLUSTER names, and synthesizes its stack. */
import { App } from "cdktf";
import { describeError, UserFault } from "./core/faults";
import { ClusterStack, readCluster } from "./stacks";

try {
  const file = process.env.ARMSTEAD_CLUSTER ?? "cluster.yaml";
  const { config } = readCluster(file, { environment: process.env, folder: process.cwd() });
  const app = new App();
  new ClusterStack(app, config.metadata.name, config);
  app.synth();
} catch (error) {
  if (!(error instanceof UserFault)) throw error;
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}
