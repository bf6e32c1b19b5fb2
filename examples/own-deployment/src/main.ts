/** Reads cluster.yaml with this package's kind, and synthesizes its stack. */
import { ClusterStack, readCluster } from "armstead/stacks";
import { App } from "cdktf";
import { deployments } from "./chrony";

const { config } = readCluster("cluster.yaml", {
  environment: process.env,
  folder: process.cwd(),
  deployments,
});
const app = new App();
new ClusterStack(app, config.metadata.name, config, deployments);
app.synth();
