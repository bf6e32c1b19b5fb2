/** Hosts behind a bastion: both are real OpenSSH servers. */
import { execFileSync } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { Secret } from "../../../../core/secret";
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { JumpHosts } from "../../../../playbooks/runner/transport/jump-hosts";
import { scanHostKey } from "../../../../playbooks/runner/transport/scan-host-key";
import { startNamespacedHost } from "../../../support/namespaced-host";
import { startSshd, type Sshd } from "../../../support/sshd";

const options = { signal: new AbortController().signal };
let jump: Sshd;
let behind: Sshd;

beforeAll(async () => {
  [jump, behind] = await Promise.all([startSshd(), startSshd()]);
});
afterAll(async () => {
  await Promise.all([jump.stop(), behind.stop()]);
});

// One key for both, as an operator has: each server allows its own only.
const loginOf = (it: Sshd) => ({ key: it.key, connectTimeout: 10_000, ...options });
const targetOf = (
  name: string,
  { address, port, user, hostKeys }: Pick<Sshd, "address" | "port" | "user" | "hostKeys">,
) => ({
  name,
  address,
  port,
  user,
  hostKeys,
});

test("openHost() reaches hosts through one connection of the bastion", async () => {
  const jumps = new JumpHosts(loginOf(jump));
  const through = { ...loginOf(behind), jump: targetOf("gate", jump), jumps };

  const hosts = await Promise.all(
    ["one", "two"].map((name) => openHost(targetOf(name, behind), through)),
  );
  const said = await Promise.all(
    hosts.map((it) => it.query({ script: 'echo "$SSH_CONNECTION"' }, options)),
  );
  for (const it of hosts) it.close();
  jumps.close();

  const [client = "", , , port] = (said[0]?.stdout ?? "").trim().split(" ");
  expect([client, port]).toEqual(["127.0.0.1", String(behind.port)]);
  expect(said.map((it) => it.code)).toEqual([0, 0]);
});

test.each([
  ["whose key is another", () => ({ hostKeys: behind.hostKeys }), "AS2203", /gate.*expected/],
  ["whose key is not known", () => ({ hostKeys: [] }), "AS2204", /gate/],
  ["that refuses the login", () => ({ user: "nobody" }), "AS2205", /gate.*as "nobody"/],
  ["whose own key is none", () => ({ key: new Secret("no key") }), "AS2206", /private key/],
  ["that is not there", () => ({ port: 1 }), "AS2213", /bastion.*gate/],
])("openHost() refuses a bastion %s", async (_name, wrong, code, message) => {
  const jumps = new JumpHosts(loginOf(jump));
  const gate = { ...targetOf("gate", jump), ...wrong() };

  const failed = openHost(targetOf("one", behind), {
    ...loginOf(behind),
    // Refused connections are tried again for as long as there is time.
    connectTimeout: code === "AS2213" ? 1_500 : 10_000,
    jump: gate,
    jumps,
  });

  await expect(failed).rejects.toMatchObject({ code });
  await expect(failed).rejects.toThrow(message);
  jumps.close();
});

test("openHost() says when the bastion passes nothing on, and does not try again", async () => {
  const closed = await startSshd({ config: ["AllowTcpForwarding no"] });
  try {
    const through = { ...loginOf(behind), jump: { ...targetOf("gate", closed), key: closed.key } };

    const failed = openHost(targetOf("one", behind), through);

    await expect(failed).rejects.toThrow(/^AS2214 .*cannot be reached through gate/);
  } finally {
    await closed.stop();
  }
});

test("a connection to a bastion is not shared with hosts that expect another of its keys", async () => {
  const jumps = new JumpHosts(loginOf(jump));
  const gate = targetOf("gate", jump);
  const through = { ...loginOf(behind), jumps };
  const first = await openHost(targetOf("one", behind), { ...through, jump: gate });

  const other = { ...gate, hostKeys: behind.hostKeys };
  const second = openHost(targetOf("two", behind), { ...through, jump: other });

  await expect(second).rejects.toMatchObject({ code: "AS2203" });
  first.close();
  jumps.close();
});

test("a bastion may have a key of its own, and is not waited for longer than the host", async () => {
  const server = createServer();
  // Nobody accepts: a connection is made, and nothing is said.
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
  const jumps = new JumpHosts(loginOf(behind));
  const gate = { ...targetOf("gate", jump), key: jump.key };
  const through = { ...loginOf(behind), jump: gate, jumps };

  (await openHost(targetOf("one", behind), through)).close();
  const silent = openHost(
    { ...targetOf("one", behind), port },
    { ...through, connectTimeout: 1_500 },
  );

  await expect(silent).rejects.toMatchObject({ code: "AS2207" });
  server.close();
  jumps.close();
});

test("a host behind a bastion that restarts is reached again, by a new connection of the bastion", async () => {
  const [gate, host] = await Promise.all([startSshd(), startSshd()]);
  try {
    const through = { ...loginOf(host), jump: { ...targetOf("gate", gate), key: gate.key } };
    const open = await openHost(targetOf("one", host), through);
    const lost = open.query({ argv: ["sleep", "30"] }, options).catch((it: unknown) => it);
    await Promise.all([gate.kill(), host.kill()]);
    expect(await lost).toMatchObject({
      code: "AS2209",
      message: expect.stringContaining("to one, through the gate, was lost") as string,
    });
    const back = open.reconnect({ timeout: 20_000 });
    await host.restart();
    await gate.restart();

    await back;

    expect((await open.query({ argv: ["echo", "back"] }, {})).stdout).toBe("back\n");
    open.close();
  } finally {
    await Promise.all([gate.stop(), host.stop()]);
  }
});

test("scanHostKey() looks through a bastion", async () => {
  const way = { jump: { ...targetOf("gate", jump), key: jump.key } };

  const key = await scanHostKey(behind, { ...options, timeout: 5_000, through: way });
  const nowhere = scanHostKey({ ...behind, port: 1 }, { ...options, timeout: 5_000, through: way });

  expect(key).toBe(behind.hostKeys[0]);
  await expect(nowhere).rejects.toMatchObject({ code: "AS2202" });
});

test("openHost() says when the bastion cannot reach the host, and checks the host's own key", async () => {
  const jumps = new JumpHosts(loginOf(jump));
  const through = { ...loginOf(behind), jump: targetOf("gate", jump), jumps };

  const nowhere = openHost({ ...targetOf("one", behind), port: 1 }, through);
  await expect(nowhere).rejects.toThrow(/^AS2202 .*cannot be reached through gate/);
  const other = openHost({ ...targetOf("one", behind), hostKeys: jump.hostKeys }, through);
  await expect(other).rejects.toMatchObject({ code: "AS2203" });
  jumps.close();
});

/** Processes of a server for its connections; ps fails where there is none. */
function sessionsOf({ pid }: Sshd): string {
  try {
    return execFileSync("ps", ["--ppid", String(pid), "-o", "pid="], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

test("a host by itself closes its connection to the bastion too", async () => {
  const gone = await startSshd();
  try {
    const way = { ...targetOf("gate", gone), key: gone.key };
    const host = await openHost(targetOf("one", behind), { ...loginOf(behind), jump: way });
    expect(sessionsOf(gone)).not.toBe("");

    host.close();

    // The server's process for the connection ends with it, a moment later.
    while (sessionsOf(gone) !== "") await new Promise((resolve) => setImmediate(resolve));
  } finally {
    await gone.stop();
  }
});

test("a node that nobody else reaches is reached through a dropbear", async () => {
  const gate = await startNamespacedHost();
  try {
    const { key } = gate;
    const way = { ...targetOf("gate", gate), key };
    const direct = await openHost(targetOf("gate", gate), { ...loginOf(behind), key });
    // In the network of its own: another server on the same machine, at a port that is not there outside.
    await direct.change(
      { script: "/usr/sbin/dropbear -s -r /etc/dropbear/key -p 127.0.0.1:2022" },
      options,
    );
    const inside = { ...targetOf("inner", gate), port: 2022 };

    const host = await openHost(inside, { ...loginOf(behind), key, jump: way });
    const { stdout } = await host.query({ script: 'hostname; echo "$SSH_CONNECTION"' }, options);
    const [name, connection = ""] = stdout.split("\n");

    expect(name).toBe("armstead-test");
    expect(connection).toMatch(/^127\.0\.0\.1 \d+ 127\.0\.0\.1 2022$/);
    const straight = openHost(inside, { ...loginOf(behind), key, connectTimeout: 500 });
    await expect(straight).rejects.toMatchObject({ code: "AS2202" });
    for (const it of [host, direct]) it.close();
  } finally {
    await gate.stop();
  }
});
