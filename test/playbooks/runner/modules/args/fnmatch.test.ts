import { spawnSync } from "node:child_process";
import { fnmatch, isWildcard } from "../../../../../playbooks/runner/modules/args/fnmatch";

const TEXTS = [
  "abc",
  "a.c",
  "a/c",
  "a\nc",
  "[a",
  "ac",
  "a^c",
  "a-c",
  "A",
  "a]c",
  "a+c",
  "a\\c",
  "",
];

test.each([
  "abc",
  "a.c",
  "a?c",
  "a*c",
  "*",
  "[a-c]*",
  "[!a]*",
  "a[]]c",
  "a[^]c",
  "[a",
  "a+c",
  "a\\c",
])("%s matches what Python says", (pattern) => {
  const script =
    "import fnmatch,json,sys\np,t=json.load(sys.stdin)\nprint(json.dumps([fnmatch.fnmatchcase(x,p) for x in t]))";
  const input = JSON.stringify([pattern, TEXTS]);
  const { stdout } = spawnSync("python3", ["-c", script], { input, encoding: "utf8" });

  expect(TEXTS.map((it) => fnmatch(pattern).test(it))).toEqual(JSON.parse(stdout));
});

test.each([
  ["a*", true],
  ["a?", true],
  ["[a]", true],
  ["abc", false],
])("isWildcard(%j) is %s", (text, expected) => {
  expect(isWildcard(text)).toBe(expected);
});
