import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { escapeTemplate, escapeTemplates, interpolate, quote } from "../../constructs/expression";

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

test("escapeTemplates() reaches keys and values at any depth, and leaves the rest alone", () => {
  const value = { "${k}": ["%{x}", 1, null, true, { deep: "a${b}" }] };

  expect(escapeTemplates(value)).toEqual({ "$${k}": ["%%{x}", 1, null, true, { deep: "a$${b}" }] });
});

test("escapeTemplate() leaves text without templates as it is", () => {
  expect(escapeTemplate("100% of $5 {a} }{")).toBe("100% of $5 {a} }{");
});

const ENVIRONMENT = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
