/** A stack that the real terraform and the real provider have judged. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, TerraformStack } from "cdktf";

/** Of what terraform may say. */
const MOST_BYTES = 64 * 1024 * 1024;
const ENVIRONMENT = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };

/** What `terraform validate` says of a stack with this id that `build` fills. */
export function validate(build: (stack: TerraformStack) => void, id = "test"): unknown {
  const outdir = path.join(mkdtempSync(path.join(tmpdir(), "validate-")), "out");
  const app = new App({ outdir });
  build(new TerraformStack(app, id));
  app.synth();
  const cwd = path.join(outdir, "stacks", id);
  const run = (...words: string[]): string =>
    execFileSync("terraform", words, {
      cwd,
      env: ENVIRONMENT,
      encoding: "utf8",
      maxBuffer: MOST_BYTES,
    });
  run("init", "-input=false", "-lockfile=readonly");
  return JSON.parse(run("validate", "-json"));
}
