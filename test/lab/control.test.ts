/** The lab as users have it: a server process of its own over real process machines. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { LAB_CONNECTION_FILE, type LabConnection } from "../../api/lab-connection";
import { cacheFolder } from "../../core/folders";
import * as control from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import { callApi, MINIMAL, newPublicKey, type Reply, until } from "./support/lab";

jest.setTimeout(120_000);

let home: LabHome;
let connection: LabConnection;

beforeEach(async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), "c-")), "lab");
  home = { folder, cacheFolder: cacheFolder(process.env) };
});
afterEach(async () => {
  await control.labReset(home, {});
});

async function up(): Promise<LabConnection> {
  const driver = "process";
  connection = await control.labUp(home, { driver, port: 0, nodePort: 0, systems: ["debian_13"] });
  return connection;
}

const call = (method: "GET" | "POST" | "DELETE", url: string, body?: object): Promise<Reply> =>
  callApi(connection, method, url, body);

async function newProject(): Promise<string> {
  const { body } = await call("POST", "/projects", { name: "test" });
  await call("POST", `/projects/${body.id}/ssh-keys`, { label: "k", key: newPublicKey() });
  return body.id;
}

async function stateOf(id: string): Promise<string> {
  return (await call("GET", `/devices/${id}`)).body.state;
}

async function banner(address: string, port: number): Promise<boolean> {
  const socket = connect(port, address);
  try {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    return chunk.toString().startsWith("SSH-");
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test("kill -9 in the middle of creations loses nothing that was answered, and all end active", async () => {
  const { pid, token, endpoint } = await up();
  const project = await newProject();
  const early = (await call("POST", `/projects/${project}/devices`, MINIMAL)).body.id;
  await until(async () => (await stateOf(early)) === "active");
  const answered: string[] = [];
  const creating = Array.from({ length: 12 }, async (_, n) => {
    const sent = { ...MINIMAL, hostname: `n${n}`, tags: ["round"] };
    const { body } = await call("POST", `/projects/${project}/devices`, sent);
    answered.push(body.id);
    if (answered.length === 6) process.kill(pid, "SIGKILL");
  });
  await Promise.allSettled(creating);

  const again = await up();
  const { body } = await call("GET", `/projects/${project}/devices?per_page=100`);
  const ids = body.devices.map((it) => it.id);
  for (const id of ids) await until(async () => (await stateOf(id)) === "active");
  const { devices, leftovers } = await control.labStatus(home, {});

  expect([again.token, again.endpoint]).toEqual([token, endpoint]);
  expect(again.pid).not.toBe(pid);
  expect(ids).toEqual(expect.arrayContaining([early, ...answered]));
  expect(answered.length).toBeGreaterThanOrEqual(6);
  expect(devices.every((it) => it.running)).toBe(true);
  expect(leftovers).toEqual([]);
});

test("machines outlive a killed server; down powers them off, up powers them on, reset removes all", async () => {
  const { pid } = await up();
  const project = await newProject();
  const sent = { ...MINIMAL, hostname: "node-a" };
  const { id } = (await call("POST", `/projects/${project}/devices`, sent)).body;
  await until(async () => (await stateOf(id)) === "active");
  const { address, port, hostKey } = await control.getSshTarget(home, "node-a", {});

  process.kill(pid, "SIGKILL");
  await until(async () => (await control.tryConnect(home, {})) === undefined);
  const alive = await banner(address, port);
  await expect(control.labStatus(home, {})).rejects.toMatchObject({ code: "AS2401" });
  const stopped = await control.labDown(home, {});
  const afterDown = await banner(address, port);
  await up();
  await until(async () => (await stateOf(id)) === "active");
  const target = await control.getSshTarget(home, id.slice(0, 6), {});
  const afterUp = await banner(address, port);
  const removed = await control.labReset(home, {});

  expect([alive, stopped, afterDown, afterUp, removed]).toEqual([true, 1, false, true, 1]);
  expect(target).toMatchObject({ hostname: "node-a", address, port, user: "root", hostKey });
  expect(hostKey).toMatch(/^ssh-ed25519 /);
  expect(await banner(address, port)).toBe(false);
  expect(existsSync(home.folder)).toBe(false);
});

test("labUp() twice is once, and files with secrets are their owner's alone", async () => {
  const first = await up();
  const second = await up();
  const mode = async (name: string): Promise<number> =>
    (await stat(path.join(home.folder, name))).mode & 0o777;

  expect(second).toEqual(first);
  expect(await mode(LAB_CONNECTION_FILE)).toBe(0o600);
  expect(await mode("state.jsonl")).toBe(0o600);
  expect(await readFile(control.logFile(home), "utf8")).toContain('"event":"lab.started"');
  expect(await readFile(control.logFile(home), "utf8")).not.toContain(first.token);
  await expect(control.getMachine(home, "nobody", {})).rejects.toMatchObject({ code: "AS2406" });
  await expect(control.labUp(home, { driver: "qemu" })).rejects.toMatchObject({ code: "AS2408" });
});

test("labUp() says which port is taken, and leaves no server behind", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;

  const failed = control.labUp(home, { driver: "process", port, nodePort: 0 });

  await expect(failed).rejects.toMatchObject({
    message: `AS2403  port ${port} of 127.0.0.1 is taken`,
  });
  holder.close();
  expect(await control.tryConnect(home, {})).toBeUndefined();
});

test("labDown() and labReset() are content when there is no lab", async () => {
  expect(await control.labDown(home, {})).toBe(0);
  expect(await control.labReset(home, {})).toBe(0);
});

test("reset leaves alone what is not the lab's, should the folder be named by mistake", async () => {
  const theirs = path.join(home.folder, "thesis", "chapter-1.txt");
  await mkdir(path.dirname(theirs), { recursive: true });
  await writeFile(theirs, "years of work");
  await up();

  await control.labReset(home, {});

  expect(await readFile(theirs, "utf8")).toBe("years of work");
  expect(await readdir(home.folder)).toEqual(["thesis"]);
});
