/** `armstead validate`: what it says of files that are right, wrong, or no files at all. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { clusterFolder, clusterText } from "../../support/cluster-folder";
import { type Answer, newFolder, runHere, runProgram } from "../../support/command-line";

const WRONG_FILES = path.join(__dirname, "..", "wrong-files");
const ROOT = path.join(__dirname, "..", "..", "..");
const wrong = readdirSync(WRONG_FILES).filter((it) => it.endsWith(".yaml"));
const expected = (file: string): string =>
  readFileSync(path.join(WRONG_FILES, file.replace(/\.yaml$/, ".expected.txt")), "utf8");

test("there are wrong files, each with the words that are expected", () => {
  const texts = readdirSync(WRONG_FILES).filter((it) => it.endsWith(".expected.txt"));

  expect(texts).toEqual(wrong.map((it) => it.replace(/\.yaml$/, ".expected.txt")));
  expect(texts.length).toBeGreaterThanOrEqual(5);
});

test.each(wrong)(
  "armstead validate %s: every fault, exit code 1, nothing written",
  async (file) => {
    const folder = newFolder();
    cpSync(WRONG_FILES, folder, { recursive: true });
    const before = contentOf(folder);

    const { code, stdout, stderr } = await runProgram(["validate", file], { folder });

    expect(stderr + stdout).toBe(expected(file));
    expect(stdout).toBe("1 file checked, 1 with faults\n");
    expect(code).toBe(1);
    expect(contentOf(folder)).toEqual(before);
  },
);

test("armstead validate --json tells every file's faults as data, on stdout", async () => {
  const answer = await runHere(["validate", "--json", ...wrong], { folder: WRONG_FILES });

  const lines = wrong.map((it) => expected(it).split("\n").slice(0, -2));
  expect(JSON.parse(answer.stdout)).toEqual(
    wrong.map((file, index) => ({ file, ok: false, lines: lines[index] })),
  );
  expect(answer.stderr).toBe(`${lines.flat().join("\n")}\n`);
  expect(answer.code).toBe(1);
});

test("armstead validate finds no fault in the example, once its key is there", async () => {
  const folder = newFolder();
  const file = path.join("examples", "etcd-edge", "cluster.yaml");
  cpSync(path.join(ROOT, "examples"), path.join(folder, "examples"), { recursive: true });

  const without = await runHere(["validate", file], { folder });
  mkdirSync(path.join(folder, ".armstead", "demo"), { recursive: true });
  cpSync(
    path.join(WRONG_FILES, "id.pub"),
    path.join(folder, ".armstead", "demo", "id_ed25519.pub"),
  );
  const withKey = await runHere(["validate", file], { folder });

  const key = '"../../.armstead/demo/id_ed25519.pub"; there is no such file';
  expect(without.code).toBe(1);
  expect(without.stderr).toMatch(/^examples\/etcd-edge\/cluster\.yaml:\d+:\d+ {2}AS1211 {2}.*\n$/);
  expect(without.stderr).toContain(key);
  expect(withKey).toEqual({ code: 0, stdout: "1 file checked, no fault\n", stderr: "" });
});

test("armstead validate checks many files at once, and tells the faults of all", async () => {
  const folder = clusterFolder(clusterText());
  cpSync(WRONG_FILES, folder, { recursive: true });
  const good = Array.from({ length: 50 }, () => "cluster.yaml");

  const all = await runHere(["validate", ...good, ...wrong, "none.yaml", ...good], { folder });
  const fine = await runHere(["validate", ...good], { folder });

  const faults = wrong.map((it) => expected(it).split("\n").slice(0, -2)).flat();
  expect(all).toEqual({
    code: 1,
    stdout: `${101 + wrong.length} files checked, ${wrong.length + 1} with faults\n`,
    stderr: `${[...faults, unreadable("none.yaml", "there is no such file")].join("\n")}\n`,
  });
  expect(fine).toEqual({ code: 0, stdout: "50 files checked, no fault\n", stderr: "" });
});

test("armstead validate says what deserves a word, and is content", async () => {
  const folder = clusterFolder(clusterText().replace("count: 3", "count: 4"));
  const warning =
    'warning: cluster.yaml:7:28  AS1218  pool "members": 4 etcd members in all; they survive the loss of 1, as 3 would; use 1, 3, 5 or 7';
  const run = (...more: string[]): Promise<Answer> =>
    runHere(["validate", ...more, "cluster.yaml"], { folder });

  const [plain, quiet, json] = [await run(), await run("--quiet"), await run("--json")];

  const stdout = "1 file checked, no fault\n";
  expect(plain).toEqual({ code: 0, stdout, stderr: `${warning}\n` });
  expect(quiet).toEqual({ code: 0, stdout, stderr: "" });
  expect(JSON.parse(json.stdout)).toEqual([{ file: "cluster.yaml", ok: true, lines: [warning] }]);
});

const good = clusterText();
const misspelt = good.replace("etcd-member", "etcd-mmber");
const roleFault = `cluster.yaml:7:28  AS1203  pool "members": unknown role "etcd-mmber"; allowed: control-plane, worker, storage, controller, etcd-member, etcd-proxy; did you mean "etcd-member"?`;
const TEXTS: readonly (readonly [string, string | Uint8Array, readonly string[]])[] = [
  ["lines that end as on Windows", good.replaceAll("\n", "\r\n"), []],
  ["a byte order mark", `\ufeff${good}`, []],
  ["a fault after lines that end as on Windows", misspelt.replaceAll("\n", "\r\n"), [roleFault]],
  ["a fault after a byte order mark", `\ufeff${misspelt}`, [roleFault]],
  ["no line break at its end", good.trimEnd(), []],
  ["nothing", "", ["cluster.yaml:1:1  AS1204  the file is empty"]],
  ["only a byte order mark", "\ufeff", ["cluster.yaml:1:1  AS1204  the file is empty"]],
  ["only blanks", " \n\n  \n", ["cluster.yaml:1:1  AS1204  the file is empty"]],
  [
    "bytes that are no text",
    Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0),
    [unreadable("cluster.yaml", "it is not UTF-8 text")],
  ],
  [
    "text as UTF-16",
    Buffer.from(`\ufeff${good}`, "utf16le"),
    [unreadable("cluster.yaml", "it is not UTF-8 text")],
  ],
  [
    "more than a mebibyte",
    good + "#".repeat(2 ** 20),
    [unreadable("cluster.yaml", "it is larger than 1 MiB")],
  ],
  ["a mebibyte, less a little", `${good}#${" ".repeat(2 ** 20 - good.length - 2)}\n`, []],
  [
    "control characters",
    good.replace("name: workers", String.raw`name: "\e[31mred\nAS0000  fine"`),
    [
      String.raw`cluster.yaml:8:13  AS1209  pool "\u001b[31mred\nAS0000  fine": malformed name "\u001b[31mred\nAS0000  fine"; allowed: 1 to 63 lower-case letters, digits and hyphens, starting with a letter`,
    ],
  ],
];

test.each(TEXTS)("armstead validate of a file with %s", async (_name, text, faults) => {
  const folder = clusterFolder("");
  writeFileSync(path.join(folder, "cluster.yaml"), text);

  const answer = await runHere(["validate", "cluster.yaml"], { folder });

  expect(answer).toEqual(verdict(faults));
});

test.each([
  ["that is not there", "none.yaml", "there is no such file"],
  ["without a name", "", "it is a folder"],
  ["that is a folder", "folder", "it is a folder"],
  ["below a file", "cluster.yaml/x", "there is no such file"],
  ["that links to itself", "loop.yaml", "reading it fails: ELOOP"],
  ["whose name looks like an option", "--json", "there is no such file"],
])("armstead validate of a file %s", async (_name, file, reason) => {
  const folder = clusterFolder(good);
  mkdirSync(path.join(folder, "folder"));
  symlinkSync("loop.yaml", path.join(folder, "loop.yaml"));

  const answer = await runHere(["validate", "--", file], { folder });

  expect(answer).toEqual(verdict([unreadable(file, reason)]));
});

test("armstead validate of a file that may not be read by this user", async () => {
  const folder = clusterFolder("");
  writeFileSync(path.join(folder, "cluster.yaml"), good, { mode: 0 });

  const answer = await asNobody(() => runHere(["validate", "cluster.yaml"], { folder }));

  expect(answer).toEqual(verdict([unreadable("cluster.yaml", "it may not be read by this user")]));
});

function unreadable(file: string, reason: string): string {
  return `AS1211  a file cannot be read "${file}"; ${reason}`;
}

function verdict(faults: readonly string[]): Answer {
  const ok = faults.length === 0;
  return {
    code: ok ? 0 : 1,
    stdout: ok ? "1 file checked, no fault\n" : "1 file checked, 1 with faults\n",
    stderr: faults.map((it) => `${it}\n`).join(""),
  };
}

/** Root may read everything, so it lays its rights down for a while. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

/** Every file below a folder, with its content. */
function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files.map((it) => {
      const file = path.join(it.parentPath, it.name);
      return [path.relative(folder, file), it.isFile() ? readFileSync(file, "utf8") : ""];
    }),
  );
}
