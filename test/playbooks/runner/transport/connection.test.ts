import { EventEmitter, once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { openHost, type OpenHost } from "../../../../playbooks/runner/transport/open-host";
import { startSshd, type Sshd } from "../../../support/sshd";

let sshd: Sshd;
let host: OpenHost;
let relay: Awaited<ReturnType<typeof startRelay>> | undefined;
const { signal } = new AbortController();

beforeEach(async () => {
  sshd = await startSshd();
  host = await openHost(
    { name: "node-1", ...sshd },
    { key: sshd.key, connectTimeout: 5_000, signal },
  );
});

afterEach(async () => {
  host.close();
  relay?.stop();
  await sshd.stop();
});

test("a command is told that its connection was lost", async () => {
  const running = host.query({ script: "echo on; sleep 1000" }, {});
  const lost = expect(running).rejects.toMatchObject({ code: "AS2209" });
  await host.query({ argv: ["true"] }, {});

  await sshd.kill();

  await lost;
});

test("the next command makes a new connection", async () => {
  await host.query({ argv: ["true"] }, {});
  await sshd.kill();
  await sshd.restart();

  expect((await host.query({ argv: ["echo", "again"] }, {})).stdout).toBe("again\n");
});

test("reconnect() waits for a host that restarts", async () => {
  await sshd.kill();
  const back = host.reconnect({ timeout: 20_000 });
  await sshd.restart();

  await back;

  expect((await host.query({ argv: ["echo", "back"] }, {})).stdout).toBe("back\n");
});

test("reconnect() and the commands after it leave no connection behind", async () => {
  const ways = (relay = await startRelay(sshd.port));
  const over = await openHost(
    { name: "node-1", ...sshd, port: ways.port },
    { key: sshd.key, connectTimeout: 5_000, signal },
  );

  await over.reconnect({ timeout: 5_000 });
  await over.query({ argv: ["true"] }, {});
  await ways.closed(1);
  await over.query({ argv: ["true"] }, {});

  expect(ways.made).toBe(2);
  over.close();
  await ways.closed(2);
});

test("a host that falls silent is given up, though nothing ends the connection", async () => {
  const ways = (relay = await startRelay(sshd.port));
  const over = await openHost(
    { name: "node-1", ...sshd, port: ways.port },
    { key: sshd.key, connectTimeout: 5_000, keepalive: 400, signal },
  );
  // While it answers, a silent command is no silent host.
  await over.query({ argv: ["sleep", "1.2"] }, {});
  const running = over.query({ argv: ["sleep", "1000"] }, {});

  ways.freeze();

  await expect(running).rejects.toMatchObject({ code: "AS2209" });
  over.close();
});

/** Stands before the server and counts the connections through it. */
async function startRelay(port: number) {
  let made = 0;
  let closed = 0;
  const events = new EventEmitter();
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    made += 1;
    sockets.push(near);
    const far = connect({ host: "127.0.0.1", port });
    near.pipe(far).pipe(near);
    for (const it of [near, far]) it.on("error", () => undefined);
    near.on("close", () => {
      far.destroy();
      closed += 1;
      events.emit("closed");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    get made() {
      return made;
    },
    /** Settles when so many have ended. */
    async closed(count: number): Promise<void> {
      while (closed < count) await once(events, "closed");
    },
    /** Nothing passes any more, and nobody is told. */
    freeze(): void {
      for (const it of sockets) it.unpipe().pause();
    },
    stop(): void {
      server.close();
      for (const it of sockets) it.destroy();
    },
  };
}

test("reconnect() gives up at the time limit", async () => {
  await sshd.kill();

  await expect(host.reconnect({ timeout: 500 })).rejects.toMatchObject({ code: "AS2210" });
});

test("a host that comes back with another key is refused, although none was given", async () => {
  const pinned = await openHost(
    { name: "node-1", ...sshd, hostKeys: [] },
    { key: sshd.key, connectTimeout: 5_000, signal, pinFirst: true },
  );
  await sshd.kill();
  sshd.replaceHostKeys();
  await sshd.restart();

  await expect(pinned.query({ argv: ["true"] }, {})).rejects.toMatchObject({ code: "AS2203" });
  await expect(pinned.reconnect({ timeout: 5_000 })).rejects.toMatchObject({ code: "AS2203" });
});
