/** The demo's way down, and the proof that nothing is left. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createMachineApi } from "../api/client";
import { OuterFault } from "../core/faults";
import { Secret } from "../core/secret";
import { labReset, tryConnect } from "../lab/control";
import { DESTROY, runCdktf } from "./cdktf";
import { findApiLeftovers, findFileLeftovers, findProcessLeftovers } from "./leftovers";
import type { Stopwatch } from "./phases";
import { progressLine } from "./progress-line";
import { demoFiles, type DemoSettings } from "./settings";

/**
 * Removes the cluster, and the lab when the demo started it.
 * @returns what was looked for and not found, for the report
 * @throws OuterFault AS2505 naming what is left
 */
export async function tearDown(
  settings: DemoSettings,
  watch: Stopwatch,
  say: (line: string) => void,
): Promise<string> {
  const { home, signal, root } = settings;
  const files = demoFiles(root);
  const left: string[] = [];
  if (hasResources(files.state)) {
    await watch.run("cdktf destroy", () =>
      runCdktf(DESTROY, settings, (line) => {
        const progress = progressLine(line, process.stderr.isTTY);
        if (progress !== undefined) say(progress);
      }),
    );
  }
  await watch.run("looking for leftovers", async () => {
    const lab = await tryConnect(home, { signal });
    if (lab) {
      const token = new Secret(lab.token);
      const api = createMachineApi({ endpoint: lab.endpoint, token, userAgent: "armstead-demo" });
      left.push(...(await findApiLeftovers(api, { signal })));
    }
    if (!existsSync(files.mark)) return;
    await labReset(home, { signal });
    left.push(...findProcessLeftovers(home.folder));
    left.push(...findFileLeftovers([home.folder], files.temporary));
  });
  for (const file of [files.folder, files.state, `${files.state}.backup`]) {
    rmSync(file, { recursive: true, force: true });
  }
  if (left.length > 0)
    throw new OuterFault("AS2505", { problem: `left behind: ${left.join("; ")}` });
  return "no device, no key, no machine process, no socket, no temporary folder";
}

function hasResources(state: string): boolean {
  if (!existsSync(state)) return false;
  const { resources } = JSON.parse(readFileSync(state, "utf8")) as { resources?: unknown[] };
  return (resources ?? []).length > 0;
}
