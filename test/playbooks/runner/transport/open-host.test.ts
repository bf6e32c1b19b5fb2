import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import path from "node:path";
import { Secret } from "../../../../core/secret";
import { openHost, type OpenOptions } from "../../../../playbooks/runner/transport/open-host";
import { scanHostKey } from "../../../../playbooks/runner/transport/scan-host-key";
import { freePort, startSshd, type Sshd } from "../../../support/sshd";

const ANOTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMjQYso2YPd+u3XhVLb1uDdAz+Zh7xIPkFbqDb1nlou0";
const { signal } = new AbortController();

let sshd: Sshd;

beforeAll(async () => {
  sshd = await startSshd({ hostKeyTypes: ["ed25519", "ecdsa", "rsa"] });
});

afterAll(() => sshd.stop());

const options = (more: Partial<OpenOptions> = {}): OpenOptions => ({
  key: sshd.key,
  connectTimeout: 5_000,
  signal,
  ...more,
});

const target = (more: Partial<Parameters<typeof openHost>[0]> = {}) => ({
  name: "node-1",
  address: sshd.address,
  port: sshd.port,
  user: sshd.user,
  hostKeys: sshd.hostKeys,
  ...more,
});

test.each([0, 1, 2])("openHost() accepts the key that is expected, of type %#", async (index) => {
  const host = await openHost(
    target({ hostKeys: sshd.hostKeys.slice(index, index + 1) }),
    options(),
  );

  expect(host.hostKey).toBe(sshd.hostKeys[index]);
  host.close();
});

test("openHost() refuses another key and shows both fingerprints", async () => {
  const opening = openHost(target({ hostKeys: [ANOTHER] }), options());

  await expect(opening).rejects.toMatchObject({ code: "AS2203" });
  await expect(opening).rejects.toThrow(
    /shows ssh-ed25519 SHA256:\S+, expected ssh-ed25519 SHA256:/,
  );
});

test("openHost() refuses a host that has no key of the expected type", async () => {
  const only = await startSshd({ hostKeyTypes: ["rsa"] });
  try {
    const opening = openHost(target({ ...only, hostKeys: [ANOTHER] }), options({ key: only.key }));

    await expect(opening).rejects.toMatchObject({ code: "AS2203" });
  } finally {
    await only.stop();
  }
});

test("openHost() connects without a known key only when told to pin it", async () => {
  await expect(openHost(target({ hostKeys: [] }), options())).rejects.toMatchObject({
    code: "AS2204",
  });

  const host = await openHost(target({ hostKeys: [] }), options({ pinFirst: true }));

  expect(host.hostKey).toBe(sshd.hostKeys[0]);
  host.close();
});

test("openHost() tells a refused login from other faults", async () => {
  const opening = openHost(target({ user: "nobody" }), options());

  await expect(opening).rejects.toMatchObject({ code: "AS2205" });
  await expect(opening).rejects.toThrow('as "nobody"');
});

test("openHost() refuses text that is no private key, and a public key", async () => {
  for (const text of ["hello", sshd.hostKeys[0] ?? ""]) {
    const opening = openHost(target(), options({ key: new Secret(text) }));
    await expect(opening).rejects.toMatchObject({ code: "AS2206" });
  }
});

test.each([
  ["OpenSSH", ["-t", "ed25519", "-a", "1"]],
  ["OpenSSL's PEM", ["-t", "ecdsa", "-m", "PEM"]],
  ["PKCS #8", ["-t", "ecdsa", "-m", "PKCS8"]],
])(
  "openHost() opens an encrypted key in the form of %s with its passphrase alone",
  async (form, how) => {
    const file = path.join(sshd.folder, form.replaceAll(/\W/g, ""));
    execFileSync("ssh-keygen", ["-q", ...how, "-N", "open sesame", "-f", file]);
    appendFileSync(
      path.join(sshd.folder, "auth", "authorized_keys"),
      readFileSync(`${file}.pub`, "utf8"),
    );
    const key = new Secret(readFileSync(file, "utf8"));

    const host = await openHost(target(), options({ key, passphrase: new Secret("open sesame") }));
    host.close();

    const without = openHost(target(), options({ key }));
    await expect(without).rejects.toMatchObject({ code: "AS2215" });
    const wrong = openHost(target(), options({ key, passphrase: new Secret("0pen sesame") }));
    await expect(wrong).rejects.toMatchObject({ code: "AS2216" });
    await expect(wrong).rejects.not.toThrow(/0pen sesame/);
  },
);

test("openHost() needs no passphrase for a key that has none, and minds none", async () => {
  (await openHost(target(), options({ passphrase: new Secret("whatever") }))).close();
});

test("openHost() needs a key or an agent", async () => {
  await expect(openHost(target(), options({ key: undefined }))).rejects.toMatchObject({
    code: "AS2211",
  });
});

test("openHost() logs in with an agent", async () => {
  const socket = path.join(sshd.folder, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((resolve) => agent.stdout.once("data", resolve));
  try {
    execFileSync("ssh-add", ["-q", sshd.keyFile], {
      env: { ...process.env, SSH_AUTH_SOCK: socket },
      stdio: "ignore",
    });

    const host = await openHost(target(), options({ key: undefined, agent: socket }));

    expect(await host.query({ argv: ["echo", "hi"] }, {})).toMatchObject({ stdout: "hi\n" });
    host.close();
  } finally {
    agent.kill();
  }
});

test("openHost() says when nothing listens", async () => {
  const port = await freePort();

  await expect(openHost(target({ port }), options())).rejects.toMatchObject({ code: "AS2202" });
});

test("openHost() waits a moment for a server that is just starting", async () => {
  const late = await startSshd();
  await late.kill();
  try {
    const opening = openHost(target(late), options({ key: late.key }));
    await late.restart();

    (await opening).close();
  } finally {
    await late.stop();
  }
});

describe("when something else listens", () => {
  let server: Server;
  const sockets: Socket[] = [];

  const listen = (answer: (socket: Socket) => void): Promise<number> =>
    new Promise((resolve) => {
      server = createServer((socket) => {
        sockets.push(socket.on("error", () => undefined));
        answer(socket);
      });
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" ? (address?.port ?? 0) : 0);
      });
    });

  afterEach(() => {
    for (const it of sockets.splice(0)) it.destroy();
    server.close();
  });

  test.each([
    ["says nothing", () => undefined],
    ["hangs up", (socket: Socket) => socket.destroy()],
    ["speaks HTTP", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ])("openHost() says that no SSH server answers: it %s", async (_, answer) => {
    const port = await listen(answer);

    const opening = openHost(target({ port }), options({ connectTimeout: 1_500 }));

    await expect(opening).rejects.toMatchObject({ code: "AS2207" });
  });

  test("openHost() ends at once when it is cancelled", async () => {
    const port = await listen(() => undefined);
    const cancel = new AbortController();
    const opening = openHost(target({ port }), options({ signal: cancel.signal }));

    cancel.abort(new Error("stopped by hand"));

    await expect(opening).rejects.toThrow("stopped by hand");
  });
});

test("scanHostKey() shows the key without logging in", async () => {
  expect(await scanHostKey(sshd, { signal, timeout: 5_000 })).toBe(sshd.hostKeys[0]);
});

test("scanHostKey() fails where nobody listens", async () => {
  const port = await freePort();

  await expect(scanHostKey({ ...sshd, port }, { signal, timeout: 1_000 })).rejects.toMatchObject({
    code: "AS2202",
  });
});
