/** The stack's outputs, asked of terraform. */
import { z } from "zod";
import { OuterFault } from "../core/faults";
import { type DemoNode, readNodes } from "./node";
import { runProgram } from "./process";
import { findTerraform } from "./requirements";
import { demoFiles, type DemoSettings } from "./settings";

const outputsSchema = z.object({ nodes: z.object({ value: z.unknown() }) });

/** The nodes of the deployed stack. @throws OuterFault AS2503 when they cannot be read */
export async function readDeployedNodes(settings: DemoSettings): Promise<DemoNode[]> {
  const { environment, signal, root } = settings;
  const { code, output } = await runProgram(
    findTerraform(environment),
    ["output", "-json", "-no-color"],
    {
      folder: demoFiles(root).stackFolder,
      environment: { ...environment, TF_CLI_CONFIG_FILE: "/dev/null" },
      signal,
    },
  );
  if (code !== 0) throw new OuterFault("AS2503", { problem: `terraform output: ${output.trim()}` });
  return readNodes(outputsSchema.parse(JSON.parse(output)).nodes.value);
}
