import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import {
  asData,
  escapeAroundTokens,
  escapeTemplate,
  escapeTemplates,
  interpolate,
  quote,
} from "../../constructs/expression";

/** Texts out of what templates, strings and JSON give a meaning to. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "$",
        "%",
        "{",
        "}",
        "${",
        "%{",
        "$${",
        '"',
        "\\",
        "\\n",
        "\n",
        "${TfToken[",
        "#{TfToken[TOKEN.1]}",
        "&{TfToken[TOKEN.1]}",
        "é",
        "~",
        "\b",
        "\f",
        "\\b",
        "\u001b",
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""))
  // Terraform normalizes text and refuses NUL; neither is a matter of templates.
  .filter((it) => !it.includes("\0") && it.normalize("NFC") === it);

test("escapeTemplate() and quote() hand any text through the real terraform unchanged", () => {
  const texts = fc.sample(hostile, { numRuns: 400, seed: 3 });
  const folder = mkdtempSync(path.join(tmpdir(), "tf-"));
  const output = (value: string) => ({ value });
  const outputs = texts.flatMap((it, n) => [
    [`plain_${n}`, output(escapeTemplate(it))],
    [`quoted_${n}`, output(interpolate(`join("", [${quote(it)}])`))],
  ]);
  writeFileSync(
    path.join(folder, "main.tf.json"),
    JSON.stringify({ output: Object.fromEntries(outputs) as unknown }),
  );

  const run = (...words: string[]): string =>
    execFileSync("terraform", words, { cwd: folder, encoding: "utf8", env: ENVIRONMENT });
  run("apply", "-auto-approve", "-input=false");
  const given = JSON.parse(run("output", "-json")) as Record<string, { value: string }>;

  for (const [n, text] of texts.entries()) {
    expect(given[`plain_${n}`]?.value).toBe(text);
    expect(given[`quoted_${n}`]?.value).toBe(text);
  }
});

test("escapeAroundTokens() hands text with tokens through, and asData() text that looks like them", () => {
  const texts = fc.sample(fc.tuple(hostile, hostile), { numRuns: 200, seed: 5 });
  const folder = mkdtempSync(path.join(tmpdir(), "tf-"));
  const app = new App({ outdir: folder });
  const stack = new TerraformStack(app, "tokens");
  new LocalBackend(stack, { path: "state" });
  const { stringValue } = new TerraformVariable(stack, "v", { default: "<v>" });
  const data = `\${${stringValue.slice(2)} #${stringValue.slice(1)}`;
  for (const [n, [before, after]] of texts.entries()) {
    // Text that looks like a token is one, in code.
    const clean = (it: string): string => it.replaceAll("TfToken", "Tf");
    const value = escapeAroundTokens(`${clean(before)}${stringValue}${clean(after)}`);
    new TerraformOutput(stack, `around_${n}`, { value, staticId: true });
    const text = escapeAroundTokens(asData(`${before}${data}${after}`));
    new TerraformOutput(stack, `data_${n}`, { value: text, staticId: true });
  }
  app.synth();

  const cwd = path.join(folder, "stacks", "tokens");
  const run = (...words: string[]): string =>
    execFileSync("terraform", words, { cwd, encoding: "utf8", env: ENVIRONMENT });
  run("init", "-input=false");
  run("apply", "-auto-approve", "-input=false");
  const given = JSON.parse(run("output", "-json")) as Record<string, { value: string }>;

  for (const [n, [before, after]] of texts.entries()) {
    const clean = `${before}<v>${after}`.replaceAll("TfToken", "Tf");
    expect(given[`around_${n}`]?.value).toBe(clean);
    expect(given[`data_${n}`]?.value).toBe(`${before}${data}${after}`);
  }
});

test("escapeTemplates() reaches keys and values at any depth, and leaves the rest alone", () => {
  const value = { "${k}": ["%{x}", 1, null, true, { deep: "a${b}" }] };

  expect(escapeTemplates(value)).toEqual({ "$${k}": ["%%{x}", 1, null, true, { deep: "a$${b}" }] });
});

test("escapeTemplate() leaves text without templates as it is", () => {
  expect(escapeTemplate("100% of $5 {a} }{")).toBe("100% of $5 {a} }{");
});

const ENVIRONMENT = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
