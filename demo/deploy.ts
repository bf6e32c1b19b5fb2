/** The demo's way up: key, lab, deploy, proof. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mapBounded } from "../core/bounded";
import { OuterFault } from "../core/faults";
import { LAB_API_PORT, LAB_NODE_PORT } from "../core/lab-defaults";
import { Secret } from "../core/secret";
import { labUp, tryConnect } from "../lab/control";
import type { OpenHost } from "../playbooks/runner/transport/open-host";
import { DEPLOY, runCdktf } from "./cdktf";
import { type CheckContext, proveNodes, readKernel } from "./checks";
import { earlierReport, noteEarlier } from "./earlier";
import { ensureKeyPair } from "./key-pair";
import { openApi } from "./lab-api";
import { readDone } from "./machine-times";
import { type DemoNode, openNode } from "./node";
import { readDeployedNodes } from "./outputs";
import type { Stopwatch } from "./phases";
import { progressLine } from "./progress-line";
import { ensureRequirements, findTerraform } from "./requirements";
import { demoFiles, type DemoSettings } from "./settings";
import { hasResources } from "./state-file";

/** Systems of the example. */
const SYSTEMS = ["debian_13", "debian_13_rt"];
/** Files that the example's registry mirrors ask for. */
const MIRROR_FILES = [
  "/etc/containerd/certs.d/docker.io/hosts.toml",
  "/etc/containerd/certs.d/quay.io/hosts.toml",
  "/etc/docker/daemon.json",
];

/** What was proved of a node. */
export interface ProvedNode {
  readonly node: DemoNode;
  readonly kernel: string;
  readonly proofs: readonly string[];
  /** Seconds from the request to a pinned host key. */
  readonly seconds: number | undefined;
}

/** Where the demo's words go. */
export interface DemoVoice {
  /** Progress, which may be written over. */
  readonly say: (line: string) => void;
  /** Lines that stay. */
  readonly print: (text: string) => void;
}

/** Brings the cluster up and proves it. */
export async function deploy(
  settings: DemoSettings,
  watch: Stopwatch,
  { say, print }: DemoVoice,
): Promise<ProvedNode[]> {
  const { environment, signal, driver, home } = settings;
  findTerraform(environment);
  await watch.run("system requirements", () =>
    ensureRequirements(driver, { environment, signal, say }),
  );
  const files = demoFiles(settings.root);
  ensureKeyPair(files);
  await watch.run("node images and lab", async () => {
    const running = await tryConnect(home, { signal });
    const lab = await labUp(home, {
      driver,
      signal,
      systems: SYSTEMS,
      artifacts: true,
      port: LAB_API_PORT,
      nodePort: LAB_NODE_PORT,
      report: say,
    });
    if (!running) writeFileSync(files.mark, "");
    const isUp = hasResources(files.state);
    const earlier = await noteEarlier(files, { api: openApi(lab), isUp, signal });
    if (earlier.length > 0) print(earlierReport(earlier));
  });
  const took = new Map<string, number>();
  rmSync(files.runLog, { recursive: true, force: true });
  mkdirSync(files.runLog, { recursive: true });
  await watch.run("cdktf deploy", () =>
    runCdktf(DEPLOY, settings, (line) => {
      const done = readDone(line);
      if (done) took.set(done.name, done.seconds);
      const progress = progressLine(line, process.stderr.isTTY);
      if (progress !== undefined) say(progress);
    }),
  );
  return watch.run("checks on the nodes", () => prove(settings, took));
}

async function prove(
  settings: DemoSettings,
  took: ReadonlyMap<string, number>,
): Promise<ProvedNode[]> {
  const { signal, driver, root } = settings;
  const nodes = await readDeployedNodes(settings);
  if (nodes.length === 0) throw new OuterFault("AS2504", { problem: "the deploy made no node" });
  const key = new Secret(readFileSync(demoFiles(root).privateKey, "utf8"));
  const hosts = new Map<string, OpenHost>();
  try {
    await mapBounded(nodes, 4, async (node) => {
      hosts.set(node.name, await openNode(node, { key, signal }));
    });
    const context: CheckContext = {
      nodes,
      hosts,
      key,
      signal,
      mirrorFiles: MIRROR_FILES,
      realMachines: driver === "qemu",
    };
    const proofs = await proveNodes(context);
    return await mapBounded(nodes, 4, async (node) => ({
      node,
      kernel: await readKernel(context, node),
      proofs: proofs.get(node.name) ?? [],
      seconds: took.get(`armstead_device ${node.name}`),
    }));
  } finally {
    for (const host of hosts.values()) host.close();
  }
}
