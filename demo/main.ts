/**
 * `npm run demo`: the whole way from examples/etcd-edge/cluster.yaml to four running nodes, proved on the
 * nodes themselves, and back to nothing.
 */
import path from "node:path";
import { Command, Option } from "commander";
import { describeError, OuterFault, UserFault } from "../core/faults";
import type { Environment } from "../core/folders";
import { tryConnect } from "../lab/control";
import { DRIVER_KINDS, type DriverKind } from "../lab/machine-driver";
import { deploy } from "./deploy";
import { Stopwatch } from "./phases";
import { nodeReport, phaseReport } from "./report";
import { demoFiles, type DemoSettings, labHome } from "./settings";
import { tearDown } from "./teardown";

const PROCESS_NOTE =
  "The process driver runs namespaced SSH hosts with this machine's kernel and architecture: it shows the flow, and proves nothing about ARM64.";

interface DemoOptions {
  readonly keep: boolean;
  readonly destroy: boolean;
  readonly driver: DriverKind;
}

function readSettings(
  words: readonly string[],
  environment: Environment,
  signal: AbortSignal,
): DemoSettings {
  const options = new Command("demo")
    .description("deploy the example cluster to the lab, prove it on the nodes, tear it down")
    .option("--keep", "leave the cluster up", false)
    .option("--destroy", "only tear down what --keep left up", false)
    .addOption(
      new Option("--driver <kind>", "what runs the machines").choices(DRIVER_KINDS).default("qemu"),
    )
    .parse(words, { from: "user" })
    .opts<DemoOptions>();
  const root = path.join(__dirname, "..");
  return { ...options, root, environment, signal, home: labHome(environment) };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Progress: written over on a terminal, plain lines elsewhere. */
function say(line: string): void {
  const { isTTY, columns } = process.stderr;
  if (isTTY) process.stderr.write(`\r\u001b[2K${line.slice(0, columns - 1)}`);
  else if (line !== "") process.stderr.write(`${line}\n`);
}

async function up(settings: DemoSettings, watch: Stopwatch): Promise<void> {
  const voice = {
    say,
    print: (text: string) => {
      say("");
      print(text);
    },
  };
  const proved = await deploy(settings, watch, voice);
  say("");
  if (settings.driver === "process") print(`${PROCESS_NOTE}\n`);
  print(`${nodeReport(proved)}\n`);
}

function explainKeep({ root }: DemoSettings): void {
  const key = path.relative(process.cwd(), demoFiles(root).privateKey);
  print(
    [
      "The cluster is up. Look around:",
      "  npx armstead lab status",
      `  npx armstead lab ssh -i ${key} members-0`,
      "  npx armstead lab console workers-0",
      "Remove it: npm run demo -- --destroy",
    ].join("\n"),
  );
}

async function down(settings: DemoSettings, watch: Stopwatch): Promise<void> {
  const running = await tryConnect(settings.home, { signal: settings.signal });
  const proof = await tearDown(
    { ...settings, driver: running?.driver ?? settings.driver },
    watch,
    say,
  );
  say("");
  print(`torn down: ${proof}\n`);
}

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      stop.abort(new Error("stopped"));
    });
  }
  const settings = readSettings(process.argv.slice(2), process.env, stop.signal);
  const watch = new Stopwatch(Date.now, say);
  try {
    if (!settings.destroy) await up(settings, watch);
    if (settings.keep) explainKeep(settings);
    else await down(settings, watch);
    print(phaseReport(watch.phases));
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`\n${describeError(error)}\n`);
    if (error instanceof OuterFault) process.stderr.write(`What to do: ${error.hint}\n`);
    else if (!(error instanceof UserFault))
      process.stderr.write("This was not foreseen: please report it.\n");
    if (stop.signal.aborted) await cleanUp(settings);
  }
}

/** After Ctrl-C nothing is left either; a second Ctrl-C ends at once. */
async function cleanUp(settings: DemoSettings): Promise<void> {
  process.removeAllListeners("SIGINT");
  process.stderr.write("cleaning up; Ctrl-C again leaves it to: npm run demo -- --destroy\n");
  await down({ ...settings, signal: new AbortController().signal }, new Stopwatch(Date.now, say));
}

void main();
