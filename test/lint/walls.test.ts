/** The walls of rooms.json hold: a deliberate breach of each kind is reported by the real linters. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execFileSync, spawnSync } from "node:child_process";

const root = path.join(__dirname, "..", "..");
const folder = path.join(root, "core", "zz-lint-test");

interface Message {
  readonly ruleId: string;
}

/** Files must lie in the room that they break out of, so they exist only while this test runs. */
beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(folder, name), text);
  };
  write(
    "one.ts",
    'import { two } from "./two";\n/** One. */\nexport const one = (): number => two;\n',
  );
  write("two.ts", 'import { one } from "./one";\n/** Two. */\nexport const two: number = one();\n');
  write(
    "wall.ts",
    'import type { Device } from "../../api/api";\n/** A breach. */\nexport type Breach = Device;\n',
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("oxlint reports every file of an import cycle, and no other", () => {
  const { status, stdout } = spawnSync("npx", ["oxlint", "--format", "unix"], {
    cwd: root,
    encoding: "utf8",
  });
  const problems = stdout.split("\n").filter((it) => it.includes("[Error/"));

  expect(status).toBe(1);
  expect(problems.map((it) => it.replace(/:\d+:\d+:.* \[/, " [")).sort()).toEqual([
    "core/zz-lint-test/one.ts [Error/import(no-cycle)]",
    "core/zz-lint-test/two.ts [Error/import(no-cycle)]",
  ]);
});

test("eslint reports an import through a wall", () => {
  const script = `
    const { ESLint } = require("eslint");
    void new ESLint().lintFiles(["core/zz-lint-test/*.ts"]).then((all) => console.log(JSON.stringify(all)));`;
  const printed = execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
  const reported = (JSON.parse(printed) as { filePath: string; messages: Message[] }[]).flatMap(
    (it) => it.messages.map(({ ruleId }) => `${path.basename(it.filePath)} ${ruleId}`),
  );

  expect(reported).toEqual(expect.arrayContaining(["wall.ts import-x/no-restricted-paths"]));
});
