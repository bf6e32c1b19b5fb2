/** What the demo is told, and where it keeps its few files. Pure. */
import path from "node:path";
import { cacheFolder, type Environment, labFolder } from "../core/folders";
import type { LabHome } from "../lab/drivers";
import type { DriverKind } from "../lab/machine-driver";

/** Name of the example's cluster, and so of its stack. */
export const CLUSTER = "etcd-edge";

/** See the header. */
export interface DemoSettings {
  /** The repository. */
  readonly root: string;
  readonly driver: DriverKind;
  /** Leave the cluster up. */
  readonly keep: boolean;
  /** Only tear down what an earlier run left up. */
  readonly destroy: boolean;
  readonly home: LabHome;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

/** Files of the demo. */
export interface DemoFiles {
  /** Private folder: keys, run log, output of the deploy. */
  readonly folder: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly runLog: string;
  /** Temporary folder of cdktf, terraform and the provider, so that what they leave there is known to be theirs. */
  readonly temporary: string;
  readonly deployLog: string;
  /** Says that this demo started the lab, and so may remove it. */
  readonly mark: string;
  /** What the lab held before the demo began. */
  readonly earlier: string;
  readonly clusterFile: string;
  readonly stackFolder: string;
  readonly state: string;
}

/** Where they are. */
export function demoFiles(root: string): DemoFiles {
  const folder = path.join(root, ".armstead", "demo");
  return {
    folder,
    privateKey: path.join(folder, "id_ed25519"),
    publicKey: path.join(folder, "id_ed25519.pub"),
    runLog: path.join(folder, "runs"),
    temporary: path.join(folder, "tmp"),
    deployLog: path.join(folder, "cdktf.log"),
    mark: path.join(folder, "lab-is-ours"),
    earlier: path.join(folder, "earlier.json"),
    clusterFile: path.join(root, "examples", CLUSTER, "cluster.yaml"),
    stackFolder: path.join(root, "cdktf.out", "stacks", CLUSTER),
    state: path.join(root, `terraform.${CLUSTER}.tfstate`),
  };
}

/** The lab's folders of this environment. */
export function labHome(environment: Environment): LabHome {
  return { folder: labFolder(environment), cacheFolder: cacheFolder(environment) };
}
