/**
 * Carries out the steps of a cluster as the play does: the shipped tool, under busybox alone, against the lab's scripted
 * commands; a node's root each for the central site and the subclouds. Time passes at once.
 */
import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ClusterSpec } from "../../../../cluster";
import { sitesOf } from "../../../../cluster/deployments/starlingx/site";
import {
  localhostFile,
  secretsFile,
  subcloudFile,
} from "../../../../constructs/deployments/starlingx/bootstrap-files";
import { renderStep } from "../../../../constructs/deployments/starlingx/render-step";
import { stagesOf } from "../../../../constructs/deployments/starlingx/steps/cluster-steps";
import { planOf } from "../../../../constructs/deployments/starlingx/steps/plan";
import type { Step } from "../../../../constructs/deployments/starlingx/steps/step";
import { valuesFile } from "../../../../constructs/deployments/starlingx/steps/subcloud-steps";
import { LabNode } from "../../../images/starlingx/lab/lab-node";

const TOOL = path.join(__dirname, "../../../../playbooks/plays/starlingx/files/step");
const PASSWORD = "Li69nux*, with a 'quote'";

/** What a step said. */
export interface Said {
  readonly step: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** See the header. */
export class ClusterRun {
  static #applets: Promise<string> | undefined;
  readonly #nodes = new Map<string, LabNode>();

  private constructor(readonly cluster: ClusterSpec) {}

  /** Nodes with the files of the bootstrap, and nothing done. */
  static async prepare(cluster: ClusterSpec): Promise<ClusterRun> {
    const run = new ClusterRun(cluster);
    const [central, ...subclouds] = sitesOf(cluster);
    if (central === undefined) throw new Error("there is no site");
    for (const site of [central, ...subclouds]) {
      const node = await LabNode.create();
      run.#nodes.set(planOf(site).on, node);
      await node.writeOverrides(localhostFile(site, cluster));
      await node.writeOverrides(fillIn(secretsFile(site, central, cluster)), "secrets.yml");
      await node.ok("starlingx-lab", "step", "0");
    }
    for (const site of subclouds) {
      const home = run.node(planOf(central).on).home;
      await writeFile(path.join(home, valuesFile(site)), fillIn(subcloudFile(site, cluster)));
    }
    return run;
  }

  /** Every step of the cluster in its order. */
  get steps(): readonly Step[] {
    return stagesOf(this.cluster).flatMap(({ steps }) => steps);
  }

  node(name: string): LabNode {
    const found = this.#nodes.get(name);
    if (found === undefined) throw new Error(`no steps are carried out on ${name}`);
    return found;
  }

  /** Does one step, and waits for what it waits for. */
  async carryOut(step: Step): Promise<Said> {
    const program = renderStep(step);
    const did = await this.#tool(step, program, ["do"]);
    if (did.code !== 0 || step.wait === undefined) return did;
    const waited = await this.#tool(step, program, ["wait", "1"]);
    return waited.code === 0 ? did : waited;
  }

  async remove(): Promise<void> {
    for (const node of this.#nodes.values()) await node.remove();
  }

  async #tool(step: Step, program: string, words: readonly string[]): Promise<Said> {
    const node = this.node(step.on);
    const applets = await (ClusterRun.#applets ??= linkApplets());
    const env = {
      PATH: `${path.join(node.root, "usr/bin")}:${applets}`,
      HOME: node.home,
      STARLINGX_LAB_ROOT: node.root,
      STEP_ROOT: node.root,
      STEP_PAUSE: "0.1",
      STARLINGX_SYSADMIN_PASSWORD: PASSWORD,
    };
    return await new Promise((resolve) => {
      const child = execFile(
        path.join(applets, "sh"),
        [TOOL, ...words],
        { env, cwd: node.home },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : Number(error.code);
          resolve({ step: step.id, code, stdout: stdout.trim(), stderr: stderr.trim() });
        },
      );
      child.stdin?.end(program);
    });
  }
}

/** What plays do on the node. */
function fillIn(text: string): string {
  return text.replaceAll(/"\{\{ (\w+) \| to_json \}\}"/g, JSON.stringify(PASSWORD));
}

/** A folder with nothing but busybox, under the names of its applets. */
async function linkApplets(): Promise<string> {
  const at = await mkdtemp(path.join(tmpdir(), "applets-"));
  const names = execFileSync("busybox", ["--list"], { encoding: "utf8" }).trim().split("\n");
  await Promise.all(names.map((it) => symlink("/usr/bin/busybox", path.join(at, it))));
  return at;
}
