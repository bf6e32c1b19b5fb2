import { mkdtempSync } from "node:fs";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Qmp } from "../../../lab/qemu/qmp";

const GREETING = { QMP: { version: {}, capabilities: [] } };
const RESET = { event: "RESET", data: { guest: false }, timestamp: {} };

let folder: string;
let monitor: Server;

beforeEach(() => {
  // Longer than a UNIX socket's path may be.
  folder = mkdtempSync(path.join(tmpdir(), `${"long-".repeat(30)}-`));
});

afterEach(() => {
  monitor.close();
});

test("Qmp remembers an event that came before the answer to its command", async () => {
  await serve({ system_reset: [RESET, { return: {} }] });
  const qmp = await Qmp.connect(folder, {});

  await qmp.execute("system_reset", {});

  await expect(qmp.sawEvent("RESET", {})).resolves.toBe(true);
  qmp.close();
});

test("Qmp waits for an event that comes after the answer", async () => {
  await serve({ system_reset: [{ return: {} }, RESET] });
  const qmp = await Qmp.connect(folder, {});
  await qmp.execute("system_reset", {});

  await expect(qmp.sawEvent("RESET", {})).resolves.toBe(true);
  qmp.close();
});

test("Qmp tells when QEMU ended without the event", async () => {
  await serve({ quit: [{ return: {} }, "end"] });
  const qmp = await Qmp.connect(folder, {});
  await qmp.execute("quit", {});

  await expect(qmp.sawEvent("SHUTDOWN", {})).resolves.toBe(false);
});

test("Qmp bears a connection that QEMU resets", async () => {
  await serve({ quit: ["reset"] });
  const qmp = await Qmp.connect(folder, {});

  await expect(qmp.execute("quit", {})).rejects.toMatchObject({ code: "AS2465" });
});

test("Qmp.execute() gives what the monitor returned", async () => {
  await serve({ "query-status": [{ return: { status: "running" } }] });
  const qmp = await Qmp.connect(folder, {});

  await expect(qmp.execute("query-status", {})).resolves.toEqual({ status: "running" });
  qmp.close();
});

test.each([
  ["refuses it", [{ error: { class: "CommandNotFound", desc: "no such command" } }], "no such"],
  ["ends instead of an answer", ["end"], "QEMU ended before it answered"],
  ["does not speak its language", ["what?"], "not understood"],
])("Qmp.execute() fails when the monitor %s", async (_, answers, problem) => {
  await serve({ odd: answers });
  const qmp = await Qmp.connect(folder, {});

  await expect(qmp.execute("odd", {})).rejects.toMatchObject({
    code: "AS2465",
    message: expect.stringContaining(problem) as string,
  });
  qmp.close();
});

test("Qmp.connect() fails when nobody listens", async () => {
  monitor = createServer();

  await expect(Qmp.connect(folder, {})).rejects.toMatchObject({ code: "AS2465" });
});

test("Qmp.connect() ends with its caller's signal while another has the monitor", async () => {
  monitor = createServer();
  await listen();

  const connecting = Qmp.connect(folder, { signal: AbortSignal.timeout(50) });

  await expect(connecting).rejects.toThrow(/timeout/);
});

/** A monitor that answers each command with the messages of a script. */
async function serve(script: Record<string, readonly (object | string)[]>): Promise<void> {
  monitor = createServer((socket) => {
    say(socket, GREETING);
    let heard = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      heard += chunk.toString("utf8");
      const lines = heard.split("\n");
      heard = lines.pop() ?? "";
      for (const line of lines) {
        const { execute } = JSON.parse(line) as { execute: string };
        for (const it of script[execute] ?? [{ return: {} }]) say(socket, it);
      }
    });
  });
  await listen();
}

function say(socket: Socket, it: object | string): void {
  if (it === "end") socket.end();
  else if (it === "reset") socket.destroy();
  else socket.write(`${typeof it === "string" ? it : JSON.stringify(it)}\r\n`);
}

/** Like QEMU: by a relative path, from within the folder. */
async function listen(): Promise<void> {
  const here = process.cwd();
  process.chdir(folder);
  monitor.listen("qmp");
  await once(monitor, "listening");
  process.chdir(here);
}
