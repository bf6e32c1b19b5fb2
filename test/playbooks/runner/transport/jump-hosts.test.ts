/** Hosts behind another one: both are real OpenSSH servers. */
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { JumpHosts } from "../../../../playbooks/runner/transport/jump-hosts";
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
const targetOf = (name: string, { address, port, user, hostKeys }: Sshd) => ({
  name,
  address,
  port,
  user,
  hostKeys,
});

test("openHost() reaches hosts through one connection of the jump host", async () => {
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
  ["whose key is another", () => ({ hostKeys: behind.hostKeys }), "AS2203", /gate/],
  ["whose key is not known", () => ({ hostKeys: [] }), "AS2204", /gate/],
  ["that is not there", () => ({ port: 1 }), "AS2202", /gate/],
])("openHost() refuses a jump host %s", async (_name, wrong, code, message) => {
  const jumps = new JumpHosts(loginOf(jump));
  const gate = { ...targetOf("gate", jump), ...wrong() };

  const failed = openHost(targetOf("one", behind), { ...loginOf(behind), jump: gate, jumps });

  await expect(failed).rejects.toMatchObject({ code });
  await expect(failed).rejects.toThrow(message);
  jumps.close();
});

test("openHost() says when the jump host cannot reach the host, and checks the host's own key", async () => {
  const jumps = new JumpHosts(loginOf(jump));
  const through = { ...loginOf(behind), jump: targetOf("gate", jump), jumps };

  const nowhere = openHost({ ...targetOf("one", behind), port: 1 }, through);
  await expect(nowhere).rejects.toThrow(/^AS2202 .*cannot be reached through gate/);
  const other = openHost({ ...targetOf("one", behind), hostKeys: jump.hostKeys }, through);
  await expect(other).rejects.toMatchObject({ code: "AS2203" });
  jumps.close();
});
