import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleProvider } from "../../../scripts/bundle-provider";

const TERRAFORM = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
};
const folder = mkdtempSync(path.join(tmpdir(), "serve-"));
const temporary = mkdtempSync(path.join(tmpdir(), "sock-"));
const started: ChildProcess[] = [];
let executable = "";

beforeAll(async () => {
  const entry = path.join(__dirname, "..", "support", "note.ts");
  const bundle = path.join(folder, "bundle");
  executable = path.join(bundle, await bundleProvider({ entry, folder: bundle, version: "1.0.0" }));
});

afterAll(() => {
  for (const it of started) it.kill("SIGKILL");
  for (const it of [folder, temporary]) rmSync(it, { recursive: true, force: true });
});

function start(environment: Readonly<Record<string, string>>) {
  const child = spawn(executable, [], {
    env: { PATH: process.env.PATH, TMPDIR: temporary, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  return child;
}

async function readLine(child: ReturnType<typeof start>): Promise<string> {
  const [data] = (await once(child.stdout, "data")) as [Buffer];
  return data.toString("utf8");
}

test("servePlugin() tells who starts it by hand what it is", async () => {
  const child = start({});
  const [said] = (await once(child.stderr, "data")) as [Buffer];
  const [code] = (await once(child, "exit")) as [number];

  expect(code).toBe(1);
  expect(said.toString()).toContain("Terraform provider");
});

test("servePlugin() survives Ctrl-C, and leaves with the last connection", async () => {
  const child = start(TERRAFORM);
  const line = await readLine(child);
  const [core, protocol, network, socketPath = "", kind] = line.split("|");
  const socket = connect(socketPath);
  await once(socket, "connect");

  child.kill("SIGINT");
  child.kill("SIGTERM");
  socket.end();

  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  expect([core, protocol, network, kind]).toEqual(["1", "6", "unix", "grpc"]);
  expect([code, signal]).toEqual([0, null]);
  expect(readdirSync(temporary)).toEqual([]);
});

test("servePlugin() leaves when nobody is there to read its handshake", async () => {
  const child = start(TERRAFORM);
  child.stdout.destroy();

  const [code] = (await once(child, "exit")) as [number];

  expect(code).toBe(1);
  expect(readdirSync(temporary)).toEqual([]);
});

test("servePlugin() listens on the loopback where the socket's path would be too long", async () => {
  const child = start({ ...TERRAFORM, TMPDIR: `/tmp/${"x".repeat(120)}` });

  const line = await readLine(child);
  child.kill("SIGKILL");

  expect(line).toMatch(/^1\|6\|tcp\|127\.0\.0\.1:\d+\|grpc\|\n$/);
});
