/** The whole suite of synth runs against cdktn as it does against cdktf: only the module behind the name is another. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { CDKTN } from "./support/cdktn";
import { Consumer } from "./support/consumer";
import { must } from "./support/run";
import { ROOT } from "./support/world";

const SUITE = ["test/constructs", "test/stacks", "test/examples"];
/** Long, and with nothing of cdktf in it: it makes sure of that itself. */
const APART = "test/constructs/deployments/starlingx/run-cluster.test.ts";
const reportSchema = z.object({
  numPassedTests: z.int(),
  numPendingTests: z.int(),
  numTotalTests: z.int(),
});

const folder = mkdtempSync(path.join(tmpdir(), "cdktn-"));
const cdktn = new Consumer(folder);

beforeAll(() => cdktn.install(CDKTN, "constructs"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("the tests of constructs, stacks and examples pass, snapshots included", async () => {
  const report = path.join(folder, "report.json");
  const words = ["--config", writeConfig(), "--ci", "--json", "--outputFile", report, ...SUITE];

  await must("npx", ["--no-install", "jest", ...words], { cwd: ROOT });

  const { numPassedTests, ...others } = reportSchema.parse(
    JSON.parse(readFileSync(report, "utf8")),
  );
  expect(others).toEqual({ numTotalTests: numPassedTests, numPendingTests: 0 });
  expect(numPassedTests).toBeGreaterThan(0);
});

/** The configuration of the unit tests with other modules; each test file makes sure of it. */
function writeConfig(): string {
  const modules = path.join(folder, "node_modules");
  const [check, config] = ["is-cdktn.js", "jest.config.js"];
  const parts = {
    rootDir: ROOT,
    testPathIgnorePatterns: ["/node_modules/", APART],
    moduleNameMapper: { "^(cdktf|constructs)(/.*)?$": `${modules}/$1$2` },
    setupFilesAfterEnv: [path.join(folder, check)],
  };
  cdktn.write(
    check,
    'if (require("cdktf/package.json").name !== "cdktn") throw new Error("this is not cdktn");\n',
  );
  cdktn.write(
    config,
    `const base = require(${JSON.stringify(path.join(ROOT, "jest.config.js"))});
module.exports = { ...base, ...${JSON.stringify(parts)} };\n`,
  );
  return path.join(folder, config);
}
