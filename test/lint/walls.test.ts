/** The walls of rooms.json hold: a deliberate breach of each kind is reported by the real linter. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";

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

test("eslint reports an import cycle and an import through a wall", () => {
  const script = `
    const { ESLint } = require("eslint");
    void new ESLint().lintFiles(["core/zz-lint-test/*.ts"]).then((all) => console.log(JSON.stringify(all)));`;
  const printed = execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
  const reported = (JSON.parse(printed) as { filePath: string; messages: Message[] }[]).flatMap(
    (it) => it.messages.map(({ ruleId }) => `${path.basename(it.filePath)} ${ruleId}`),
  );

  expect(reported).toEqual(
    expect.arrayContaining([
      "one.ts import-x/no-cycle",
      "two.ts import-x/no-cycle",
      "wall.ts import-x/no-restricted-paths",
    ]),
  );
});
