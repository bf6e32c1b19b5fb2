/** What the bench runs on. */
import { cpus, loadavg, release, totalmem } from "node:os";
import { z } from "zod";
import { type ProgramOptions, runProgram } from "./program";
import type { HostFacts } from "./result";

const versionSchema = z.object({ terraform_version: z.string() });

/** Looks at machine and programs. */
export async function readHostFacts(
  terraform: string,
  options: ProgramOptions,
): Promise<HostFacts> {
  const [loadBefore = 0] = loadavg();
  const answer = await runProgram(terraform, ["version", "-json"], {
    ...options,
    environment: {
      ...options.environment,
      TF_CLI_CONFIG_FILE: "/dev/null",
      CHECKPOINT_DISABLE: "1",
    },
  });
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGibibytes: totalmem() / 2 ** 30,
    kernel: release(),
    node: process.versions.node,
    terraform: versionSchema.parse(JSON.parse(answer)).terraform_version,
    loadBefore,
  };
}
