/** Connections that never come about, or end too early. */
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import path from "node:path";
import { startSshd, type Sshd } from "../../support/sshd";
import { startProxy } from "./proxy";
import { oneLine, runTasks } from "./run-tasks";

let sshd: Sshd;

beforeAll(async () => {
  sshd = await startSshd();
});

afterAll(() => sshd.stop());

const COPY = (dest: string): string => `
    - copy: {dest: "${dest}", content: "{{ pw }}"}
`;

test("a host that dies in the middle of a task is unreachable, and the next run ends the work", async () => {
  const done = path.join(sshd.folder, "done");
  const begun = path.join(sshd.folder, "begun");
  const dying = runTasks(
    sshd,
    `
    - shell: echo {{ pw | quote }}; touch ${begun}; sleep 20
      args: {creates: "${begun}"}
${COPY(done)}`,
  );
  while (!existsSync(begun)) await new Promise(setImmediate);
  await sshd.kill();
  const dead = await dying;
  const before = existsSync(done);
  await sshd.restart();
  const { host } = await runTasks(sshd, COPY(done));

  expect(dead.host).toMatchObject({ status: "unreachable", error: oneLine("AS2209") });
  expect(dead.host.error).toContain("node");
  expect(dead.statuses).toEqual(["unreachable"]);
  expect(before).toBe(false);
  expect(host.status).toBe("ok");
  expect(readFileSync(done, "utf8")).toContain("S3cr3t");
});

describe("what answers is no SSH server", () => {
  const BANNER = "SSH-2.0-OpenSSH_10.0\r\n";

  test.each([
    ["the banner never comes", "AS2207", () => undefined],
    ["lines come for ever, and no banner", "AS2201", drip],
    ["nothing follows the banner", "AS2201", (socket: Socket) => void socket.write(BANNER)],
  ])("%s", async (_, code, answer) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on("error", () => undefined));
      answer(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const { host } = await runTasks({ ...sshd, port }, COPY("/nowhere"), { connectTimeout: 400 });

      expect(host).toMatchObject({ status: "unreachable", error: oneLine(code) });
      expect(host.error).toContain(`node (127.0.0.1:${port})`);
    } finally {
      for (const it of sockets) it.destroy();
      server.close();
    }
  });

  function drip(socket: Socket): void {
    const timer = setInterval(() => socket.write("wait a moment\r\n"), 20);
    socket.on("close", () => {
      clearInterval(timer);
    });
  }
});

test("a host whose key has changed is not touched, and the error shows both keys", async () => {
  const other = await startSshd();
  try {
    const place = path.join(other.folder, "place");
    await runTasks(other, COPY(place));
    const old = readFileSync(place, "utf8");
    await other.kill();
    other.replaceHostKeys();
    await other.restart();

    const { host, statuses } = await runTasks(
      other,
      `
    - copy: {dest: "${place}", content: "other"}
`,
    );

    expect(host).toMatchObject({ status: "unreachable", error: oneLine("AS2203") });
    expect(host.error).toMatch(
      /node .* shows ssh-ed25519 SHA256:\S+, expected ssh-ed25519 SHA256:/,
    );
    expect(statuses).toEqual(["unreachable"]);
    expect(readFileSync(place, "utf8")).toBe(old);
  } finally {
    await other.stop();
  }
});

describe("a server that takes no more logins (MaxStartups)", () => {
  let full: Sshd;
  let holder: Socket;

  beforeAll(async () => {
    full = await startSshd({ config: ["MaxStartups 1:100:1"] });
  });

  afterAll(() => full.stop());

  beforeEach(async () => {
    // One that never logs in takes the only place; the server's greeting says that it has it.
    let greeting = "";
    while (!greeting.startsWith("SSH-")) {
      holder = connect({ host: full.address, port: full.port });
      [greeting = ""] = (await once(holder.setEncoding("utf8"), "data")) as [string?];
    }
  });

  afterEach(() => holder.destroy());

  test("is waited for", async () => {
    const proxy = await startProxy(full.port, {
      accepts: (index) => {
        if (index === 2) holder.destroy();
        return true;
      },
    });
    const place = path.join(full.folder, "place");

    const { host } = await runTasks({ ...full, port: proxy.port }, COPY(place));

    await proxy.stop();
    expect(host.status).toBe("ok");
    expect(proxy.connections()).toBeGreaterThan(2);
  });

  test("is unreachable when it stays so", async () => {
    const { host } = await runTasks(full, COPY(path.join(full.folder, "never")), {
      connectTimeout: 1_000,
    });

    expect(host).toMatchObject({ status: "unreachable", error: oneLine("AS2207") });
    expect(host.error).toContain("node");
    expect(existsSync(path.join(full.folder, "never"))).toBe(false);
  });
});

describe("a network that refuses", () => {
  test("30 % of all connections: every host is reached", async () => {
    // A fixed row of numbers: the same connections are refused in every run.
    let state = 11;
    const proxy = await startProxy(sshd.port, {
      accepts: () => {
        state = (state * 48_271) % 2_147_483_647;
        return state / 2_147_483_647 >= 0.3;
      },
    });

    const { hosts } = await runTasks(
      { ...sshd, port: proxy.port },
      `
    - command: echo {{ pw | quote }}
`,
      { hosts: 50 },
    );

    await proxy.stop();
    expect(hosts.map((it) => it.error ?? it.status)).toEqual(Array(50).fill("ok"));
    expect(proxy.connections()).toBeGreaterThan(60);
  });

  test("one host four times in a row", async () => {
    const proxy = await startProxy(sshd.port, { accepts: (index) => index > 3 });

    const { host } = await runTasks({ ...sshd, port: proxy.port }, COPY(`${sshd.folder}/four`));

    await proxy.stop();
    expect(host.status).toBe("ok");
  });

  test("and cuts what it has let through, in the middle of the handshake", async () => {
    const proxy = await startProxy(sshd.port, {
      cutAfter: (index) => (index < 2 ? 200 : Infinity),
    });

    const { host } = await runTasks({ ...sshd, port: proxy.port }, COPY(`${sshd.folder}/cut`));

    await proxy.stop();
    expect(host.status).toBe("ok");
    expect(proxy.connections()).toBe(3);
  });
});
