/** `cdktf deploy` and `cdktf destroy` as a user would run them, with their output kept in a log. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { OuterFault } from "../core/faults";
import { runProgram } from "./process";
import { findTerraform } from "./requirements";
import { CLUSTER, demoFiles, type DemoSettings } from "./settings";

const TAIL_LINES = 25;
// Colours and cursor movements of cdktf's output.
// eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;

/**
 * Runs cdktf on the demo's stack.
 * @param onLine - told each line without colours
 * @throws OuterFault AS2503 with the last lines of its output
 */
export async function runCdktf(
  words: readonly string[],
  settings: DemoSettings,
  onLine: (line: string) => void,
): Promise<void> {
  const { root, environment, signal } = settings;
  const files = demoFiles(root);
  mkdirSync(files.temporary, { recursive: true, mode: 0o700 });
  const { code, output } = await runProgram(
    process.execPath,
    [require.resolve("cdktf-cli/bundle/bin/cdktf.js"), ...words],
    {
      folder: root,
      signal,
      environment: {
        ...environment,
        ARMSTEAD_CLUSTER: path.relative(root, files.clusterFile),
        ARMSTEAD_LAB_DIR: settings.home.folder,
        ARMSTEAD_RUN_LOG: files.runLog,
        TERRAFORM_BINARY_NAME: findTerraform(environment),
        TMPDIR: files.temporary,
        CHECKPOINT_DISABLE: "1",
        // What is destroyed need not be compared with its description first.
        TF_CLI_ARGS_destroy: "-refresh=false",
        CI: "1",
      },
      onLine: (line) => {
        onLine(line.replace(ESCAPES, "").trim());
      },
    },
  );
  const plain = output.replace(ESCAPES, "");
  writeFileSync(files.deployLog, plain);
  signal.throwIfAborted();
  if (code === 0) return;
  const tail = plain.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
  throw new OuterFault("AS2503", {
    problem: `cdktf ${words.join(" ")} ended with ${code}:\n${tail}\nwhole output: ${files.deployLog}`,
  });
}

/** Words of a deploy. */
export const DEPLOY = ["deploy", CLUSTER, "--auto-approve"] as const;
/** Words of a destroy. */
export const DESTROY = ["destroy", CLUSTER, "--auto-approve"] as const;
