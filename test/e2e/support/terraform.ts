/** Real terraform in one synthesized stack's folder. */
import { z } from "zod";
import { type Ran, run, type Running, start } from "./run";

const changeSchema = z.object({
  address: z.string(),
  type: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  change: z.object({
    actions: z.array(z.string()),
    before: z.unknown(),
    after: z.unknown(),
    after_unknown: z.unknown(),
  }),
});
const planSchema = z.object({
  resource_changes: z.array(changeSchema).default([]),
  resource_drift: z.array(changeSchema).default([]),
});

/** A planned change of one resource instance. */
export type Change = z.output<typeof changeSchema>;

/** A plan: its changes other than no-op and read, and the text that a person sees. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly text: string;
}

/** See the header. */
export class Terraform {
  /**
   * @param folder - of the synthesized stack
   * @param env - added to the environment
   */
  constructor(
    readonly folder: string,
    readonly env: Readonly<Record<string, string>> = {},
  ) {}

  /** Starts terraform with some words. */
  start(...words: readonly string[]): Running {
    const env = { TF_IN_AUTOMATION: "1", TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
    return start("terraform", words, { cwd: this.folder, env: { ...env, ...this.env } });
  }

  /** Runs terraform to its end. */
  run(...words: readonly string[]): Promise<Ran> {
    return this.start(...words).ended;
  }

  /** Runs terraform; throws with its output when it fails. */
  async must(...words: readonly string[]): Promise<string> {
    const { code, output } = await this.run(...words);
    if (code !== 0)
      throw new Error(`terraform ${words.join(" ")} ended with ${String(code)}:\n${output}`);
    return output;
  }

  /** `terraform init`. */
  async init(): Promise<void> {
    await this.must("init", "-input=false", "-no-color");
  }

  /** Plans, keeps the plan in `tfplan`, and reads it back. */
  async plan(...words: readonly string[]): Promise<Plan> {
    const text = await this.must("plan", "-input=false", "-no-color", "-out=tfplan", ...words);
    const { output } = await run("terraform", ["show", "-json", "tfplan"], {
      cwd: this.folder,
      env: { TF_CLI_CONFIG_FILE: "/dev/null" },
    });
    const { resource_changes: all } = planSchema.parse(
      JSON.parse(output.slice(output.indexOf("{"))),
    );
    const changes = all.filter(({ change }) => !["no-op", "read"].includes(change.actions.join()));
    return { changes, text };
  }

  /** Applies without asking. */
  apply(...words: readonly string[]): Promise<string> {
    return this.must("apply", "-input=false", "-no-color", "-auto-approve", ...words);
  }

  /** Destroys without asking. */
  destroy(...words: readonly string[]): Promise<string> {
    return this.must("destroy", "-input=false", "-no-color", "-auto-approve", ...words);
  }

  /** `terraform output -json`, values only. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const text = await this.must("output", "-json");
    const all = z.record(z.string(), z.object({ value: z.unknown() })).parse(JSON.parse(text));
    return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
  }
}
