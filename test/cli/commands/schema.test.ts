/** `armstead schema`: what editors are given. */
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { runHere } from "../../support/command-line";

const ROOT = path.join(__dirname, "..", "..", "..");
const read = (...file: string[]): string => readFileSync(path.join(ROOT, ...file), "utf8");

test("armstead schema prints the schema that the package carries, and nothing else", async () => {
  const plain = await runHere(["schema"]);
  const json = await runHere(["schema", "--json"]);

  expect(plain).toMatchObject({ code: 0, stderr: "" });
  expect(json).toEqual(plain);
  expect(JSON.parse(plain.stdout)).toEqual(JSON.parse(read("schema", "cluster.schema.json")));
});

test("what armstead schema prints takes the example and refuses a file of wrong types", async () => {
  const { stdout } = await runHere(["schema"]);
  const accepts = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(stdout) as object);

  expect(accepts(parse(read("examples", "etcd-edge", "cluster.yaml")))).toBe(true);
  expect(accepts(parse(read("test", "cli", "wrong-files", "wrong-types.yaml")))).toBe(false);
});
