import { openHost, type OpenHost } from "../../../../playbooks/runner/transport/open-host";
import { startSshd, type Sshd } from "../../../support/sshd";

let sshd: Sshd;
let host: OpenHost;
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
