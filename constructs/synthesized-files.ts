/** Files that a stack brings beside its Terraform JSON, below a folder of their own. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import type { Construct } from "constructs";

/**
 * Writes files when the stack is synthesized; those of an earlier synthesis are gone.
 * @param scope - part of the stack; one call each
 * @param folder - below the stack's own: `linuxkit/edge`
 * @param produce - content by path below the folder; asked at synth
 */
export function writeAtSynth(
  scope: Construct,
  folder: string,
  produce: () => Readonly<Record<string, string>>,
): void {
  addCustomSynthesis(scope, {
    onSynthesize: ({ outdir, manifest }) => {
      const stack = manifest.forStack(TerraformStack.of(scope)).workingDirectory;
      const base = path.join(outdir, stack, folder);
      const files = Object.entries(produce());
      rmSync(base, { recursive: true, force: true });
      for (const [name, content] of files) {
        mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
        writeFileSync(path.join(base, name), content);
      }
    },
  });
}
