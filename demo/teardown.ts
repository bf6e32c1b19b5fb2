/** The demo's way down, and the proof that nothing is left. */
import { existsSync, rmSync } from "node:fs";
import { OuterFault } from "../core/faults";
import { labDown, labReset, tryConnect } from "../lab/control";
import { DESTROY, runCdktf } from "./cdktf";
import { readEarlier } from "./earlier";
import { openApi } from "./lab-api";
import { findApiLeftovers, findFileLeftovers, findProcessLeftovers } from "./leftovers";
import type { Stopwatch } from "./phases";
import { progressLine } from "./progress-line";
import { hasResources } from "./state-file";
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
  const earlier = readEarlier(files);
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
      const found = await findApiLeftovers(openApi(lab), { signal });
      left.push(...found.filter((it) => !earlier.includes(it)));
    }
    if (!existsSync(files.mark)) return;
    // What was there before stays there, as it was found: in a lab that does not run.
    if (earlier.length > 0) await labDown(home, { signal });
    else await labReset(home, { signal });
    left.push(...findProcessLeftovers(home.folder));
    const gone = earlier.length > 0 ? [] : [home.folder];
    left.push(...findFileLeftovers(gone, files.temporary));
  });
  for (const file of [files.folder, files.state, `${files.state}.backup`]) {
    rmSync(file, { recursive: true, force: true });
  }
  if (left.length > 0)
    throw new OuterFault("AS2505", { problem: `left behind: ${left.join("; ")}` });
  const proof = "no device, no key, no machine process, no socket, no temporary folder";
  if (earlier.length === 0) return proof;
  return `${proof} of this demo; ${earlier.length} of the lab's from before are still there (npx armstead lab reset)`;
}
