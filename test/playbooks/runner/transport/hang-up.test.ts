/** Servers that do not answer any more, as when the network is gone: nothing may wait for them, or keep this process up. */
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { childrenOf } from "../../../../bench/process-tree";
import { JumpHosts } from "../../../../playbooks/runner/transport/jump-hosts";
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { startSshd, type Sshd } from "../../../support/sshd";

const { signal } = new AbortController();
let frozen: Sshd;
let behind: Sshd;
/** Other test files of this process may have left some, which may go meanwhile. */
let before: number;

beforeAll(async () => {
  [frozen, behind] = await Promise.all([startSshd(), startSshd()]);
});
beforeEach(() => {
  before = openSockets();
});
afterAll(async () => {
  await Promise.all([frozen.stop(), behind.stop()]);
});

/** Stops the server's sessions while something is done. */
async function whileFrozen(work: () => void): Promise<void> {
  const sessions = childrenOf(frozen.pid);
  for (const it of sessions) process.kill(it, "SIGSTOP");
  try {
    work();
    expect(sessions.length).toBeGreaterThan(0);
    expect(await socketsLeft()).toBeLessThanOrEqual(before);
  } finally {
    for (const it of sessions) process.kill(it, "SIGCONT");
  }
}

/** Connections that would keep this process up, when what was closed has gone. */
async function socketsLeft(): Promise<number> {
  for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
  return openSockets();
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((it) => it === "TCPSocketWrap").length;
}

test("a host is left without an answer", async () => {
  const host = await openHost(
    { name: "a", ...frozen },
    { key: frozen.key, connectTimeout: 10_000, signal },
  );

  await whileFrozen(() => {
    host.close();
  });
});

test("a bastion is left without an answer, and so is the host behind it", async () => {
  const jumps = new JumpHosts({ key: frozen.key });
  const host = await openHost(
    { name: "a", ...behind },
    {
      ...{ key: behind.key, connectTimeout: 10_000, signal, jumps },
      jump: { name: "gate", ...frozen },
    },
  );

  await whileFrozen(() => {
    host.close();
    jumps.close();
  });
});

test("an agent that says nothing is given up with the login", async () => {
  const socket = path.join(behind.folder, "agent");
  const agent = createServer((it) => it.unref()).listen(socket);
  await once(agent, "listening");
  const pipes = openPipes();

  const failed = openHost(
    { name: "a", ...behind },
    { agent: socket, connectTimeout: 1_000, signal },
  );

  await expect(failed).rejects.toMatchObject({ code: "AS2201" });
  expect(await socketsLeft()).toBeLessThanOrEqual(before);
  expect(openPipes()).toBeLessThanOrEqual(pipes);
  agent.close();
});

function openPipes(): number {
  return process.getActiveResourcesInfo().filter((it) => it === "PipeWrap").length;
}
