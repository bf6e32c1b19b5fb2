/** One run of the bench, in a folder and with a lab of its own; whatever happens, nothing of it is left. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createMachineApi } from "../api/client";
import { cacheFolder, type Environment } from "../core/folders";
import { Secret } from "../core/secret";
import { labReset, labStatus, labUp } from "../lab/control";
import type { LabHome } from "../lab/drivers";
import { DEVICE } from "./apps/device-facts";
import { readHostFacts } from "./host-facts";
import { measureScenario } from "./measure";
import type { BenchResult, ScenarioResult, StraightResult } from "./result";
import { createScenarios } from "./scenarios";
import { measureStraight } from "./straight";
import { newSshKeyPair } from "../core/ssh-key-pair";

/** What a run is told. */
export interface BenchSettings {
  /** The repository. */
  readonly root: string;
  readonly devices: number;
  /** Program: terraform or tofu. */
  readonly terraform: string;
  /** Names of the scenarios to measure beside the floor; empty for all. */
  readonly only: readonly string[];
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** One line of progress. */
  readonly say: (line: string) => void;
}

/** Files and folders of a run. */
interface Place {
  readonly folder: string;
  readonly home: LabHome;
  readonly publicKeyFile: string;
  readonly publicKey: string;
}

/** See the header. */
export async function runBench(settings: BenchSettings): Promise<BenchResult> {
  const { root, devices, terraform, environment, signal, say } = settings;
  const host = await readHostFacts(terraform, { folder: root, environment, signal });
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const home = { folder: path.join(folder, "lab"), cacheFolder: cacheFolder(environment) };
  try {
    const place = { folder, home, ...makeKeyPair(folder) };
    const straight = await startLab(settings, place);
    const scenarios = await measureAll(settings, place);
    const date = new Date().toISOString().slice(0, "2026-01-31".length);
    return { date, devices, host, straight, scenarios };
  } finally {
    say("removing the lab and the temporary folder");
    // Not under the signal: after Ctrl-C, too, nothing stays.
    await labReset(home, {});
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lab is a process of its own, as it is for users: what it takes is not the provider's. */
async function startLab(
  { devices, signal, say }: BenchSettings,
  { home, publicKey }: Place,
): Promise<StraightResult> {
  say("lab: starting");
  const { endpoint, token } = await labUp(home, {
    driver: "process",
    port: 0,
    nodePort: 0,
    systems: [DEVICE.operatingSystem],
    rules: { timeScale: 0 },
    report: say,
    signal,
  });
  const api = createMachineApi({ endpoint, token: new Secret(token), userAgent: "armstead-bench" });
  say(`lab: ${devices} machines by plain API calls`);
  return measureStraight(api, { devices, publicKey }, { signal });
}

async function measureAll(
  { root, devices, terraform, only, environment, signal, say }: BenchSettings,
  { folder, home, publicKeyFile }: Place,
): Promise<ScenarioResult[]> {
  const temporary = path.join(folder, "t");
  mkdirSync(temporary);
  const [floor, ...others] = createScenarios({ devices, folder, publicKeyFile });
  const chosen = others.filter(({ name }) => only.length === 0 || only.includes(name));
  const results: ScenarioResult[] = [];
  for (const [at, scenario] of [...(floor ? [floor] : []), ...chosen].entries()) {
    const own = path.join(folder, String(at));
    mkdirSync(own);
    const context = {
      root,
      folder: own,
      terraform,
      environment: { ...environment, ARMSTEAD_LAB_DIR: home.folder, TMPDIR: temporary },
      signal,
      say,
      countRequests: () => countRequests(home, signal),
    };
    results.push(await measureScenario(context, scenario));
  }
  return results;
}

/** Without those that the bench makes by asking. */
async function countRequests(home: LabHome, signal: AbortSignal): Promise<number> {
  const { requests } = await labStatus(home, { signal });
  const counted = Object.entries(requests).filter(([route]) => !/\/_lab\/|\/user$/.test(route));
  return counted.reduce((sum, [, count]) => sum + count, 0);
}

function makeKeyPair(folder: string): Pick<Place, "publicKeyFile" | "publicKey"> {
  const pair = newSshKeyPair();
  const file = path.join(folder, "id_ed25519");
  const publicKey = `${pair.publicKey} bench`;
  writeFileSync(file, pair.privateKey, { mode: 0o600 });
  writeFileSync(`${file}.pub`, `${publicKey}\n`);
  return { publicKeyFile: `${file}.pub`, publicKey };
}
