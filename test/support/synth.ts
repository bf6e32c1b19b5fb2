/** Synthesizes in memory, and on disk where custom synthesis matters. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import type { ClusterConfig } from "../../cluster";
import { PROVIDER_PACKAGE_CONTEXT } from "../../constructs/provider-package";
import { ClusterStack } from "../../stacks";

/** A stack's Terraform JSON. */
export interface Synthesized {
  readonly resource: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >;
  readonly data?: Synthesized["resource"];
  readonly variable?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly provider: { readonly armstead: readonly Readonly<Record<string, unknown>>[] };
  readonly output?: Readonly<Record<string, { readonly value: string }>>;
  readonly terraform: Readonly<Record<string, unknown>>;
}

/** A stack that `build` fills, checked and as JSON. */
export function synth(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), "test");
  build(stack);
  return JSON.parse(Testing.synth(stack, true)) as Synthesized;
}

/** A loaded cluster file's stack as text, as `main.ts` would write it; the provider is left out. */
export function synthConfig(
  config: ClusterConfig,
  folder = mkdtempSync(path.join(tmpdir(), "synth-")),
): string {
  const outdir = path.join(folder, "cdktf.out");
  const app = new App({ outdir, context: { [PROVIDER_PACKAGE_CONTEXT]: "none" } });
  new ClusterStack(app, config.metadata.name, config);
  app.synth();
  return readFileSync(path.join(outdir, "stacks", config.metadata.name, "cdk.tf.json"), "utf8");
}
