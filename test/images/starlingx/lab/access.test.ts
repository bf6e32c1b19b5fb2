import { readFile } from "node:fs/promises";
import path from "node:path";
import { LabNode } from "./lab-node";
import { Points } from "./points";

const BARE = ["aio-sx", "bootstrapped"] as const;
const ADMIN = {
  OS_USERNAME: "admin",
  OS_PASSWORD: "any",
  OS_AUTH_URL: "http://localhost:5000/v3",
} as const;
const points = new Points();

beforeAll(async () => {
  await points.reach([BARE]);
});

afterAll(async () => {
  await points.remove();
});

test.each([
  ["OS_USERNAME", "You must provide a username via either --os-username or via env[OS_USERNAME]"],
  ["OS_PASSWORD", "You must provide a password via either --os-password or via env[OS_PASSWORD]"],
  ["OS_AUTH_URL", "You must provide an auth url via either --os-auth-url or via env[OS_AUTH_URL]"],
])("without %s the client has no access", async (missing, says) => {
  const node = await points.fork(BARE);
  node.sourced = false;
  const environment: Record<string, string> = { ...ADMIN, [missing]: "" };

  const refused = await node.run(["system", "host-list"], environment);

  expect(refused).toMatchObject({ code: 1, stdout: "", stderr: `${says}\n` });
  await expect(node.run(["system", "host-list"], ADMIN)).resolves.toMatchObject({ code: 0 });
  await node.remove();
});

test("credentials may be words before the command; a password among them is not logged", async () => {
  const node = await points.fork(BARE);
  node.sourced = false;
  const words = [
    "--os-username",
    "admin",
    "--os-password",
    "Very-secret",
    "--os-auth-url",
    "http://k",
  ];

  await node.ok("system", ...words, "host-list");

  const log = await readFile(path.join(node.root, "var/log/starlingx-lab.log"), "utf8");
  expect(log).not.toContain("Very-secret");
  await node.remove();
});

test.each([
  ["system", "host-list"],
  ["dcmanager", "subcloud", "list"],
])("%s cannot reach anything before the bootstrap", async (...argv) => {
  const node = await LabNode.create();

  const { code, stderr } = await node.run(argv, ADMIN);

  expect(code).toBe(1);
  expect(stderr).toContain("Unable to establish connection");
  await node.remove();
});

test("the log begins with what wrote it, and has every call with its end", async () => {
  const node = await LabNode.create();
  await node.run(["system", "host-list"]);
  await node.run(["system", "frobnicate"]);
  await node.run(["starlingx-lab", "step", "0"]);

  const text = await readFile(path.join(node.root, "var/log/starlingx-lab.log"), "utf8");
  const [first = ""] = text.split("\n");

  expect(JSON.parse(first)).toEqual({ lab: expect.stringContaining("not StarlingX") as string });
  expect((await node.log()).map(({ argv, exit }) => [argv.join(" "), exit])).toEqual([
    ["system host-list", 1],
    ["system frobnicate", 2],
    ["starlingx-lab step 0", 0],
  ]);
  await node.remove();
});
