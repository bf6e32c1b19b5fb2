import { Secret } from "../../../../core/secret";
import type { Become, Host } from "../../../../playbooks/runner/host";
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { installSudo } from "../../../support/install-sudo";
import { startBench, type ModuleBench } from "../../../support/module-run";

jest.setTimeout(60_000);

const ROOT_PASSWORD = "r00t's $(pass)";
const OWN_PASSWORD = "0wn pass";

let bench: ModuleBench;
let host: Host;

beforeAll(async () => {
  bench = await startBench("busybox");
  const hash = async (password: string): Promise<string> => {
    const argv = ["mkpasswd", "-m", "sha512", password];
    return (await bench.host.query({ argv }, {})).stdout.trim();
  };
  await bench.run("user", { name: "op", password: await hash(OWN_PASSWORD) });
  await bench.run("user", { name: "root", password: await hash(ROOT_PASSWORD) });
  await bench.shell(
    "chmod u+s /bin/busybox; mkdir ~op/.ssh; cp ~/.ssh/authorized_keys ~op/.ssh; chown -R op ~op/.ssh",
  );
  await installSudo(bench.host, "op ALL=(ALL) ALL\nop ALL=(nobody) NOPASSWD: ALL\n");
  const options = {
    key: bench.machine.key,
    connectTimeout: 10_000,
    signal: new AbortController().signal,
  };
  host = await openHost({ ...bench.machine, name: "node", user: "op" }, options);
});

afterAll(async () => {
  await bench.stop();
  host.close();
});

const ask = {
  script: 'id -un; cat; echo "$WORD"',
  stdin: "the input\n",
  environment: { WORD: "a 'b'" },
};
const become = (method: Become["method"], password?: string, user = "root"): Host =>
  host.as({ user, method, ...(password === undefined ? {} : { password: new Secret(password) }) });

test.each([
  ["su", ROOT_PASSWORD],
  ["sudo", OWN_PASSWORD],
] as const)(
  "%s gets the password when it asks, and the command its input",
  async (method, password) => {
    const { code, stdout } = await become(method, password).query(ask, {});

    expect([code, stdout]).toEqual([0, "root\nthe input\na 'b'\n"]);
  },
);

test.each([
  ["su", "wrong"],
  ["sudo", "wrong"],
  ["su", undefined],
  ["sudo", undefined],
] as const)(
  "%s with the password %j is refused, and the command does not run",
  async (method, password) => {
    const other = become(method, password);

    await expect(other.change({ script: "touch /tmp/ran" }, {})).rejects.toMatchObject({
      code: "AS2223",
    });

    expect(await bench.shell("ls /tmp")).not.toContain("ran");
  },
);

test("sudo that does not ask leaves the password unsent", async () => {
  const { stdout } = await become("sudo", OWN_PASSWORD, "nobody").query(ask, {});

  expect(stdout).toBe("nobody\nthe input\na 'b'\n");
});

test("no password shows in what is told", async () => {
  const refused: unknown = await become("sudo", "wr0ng")
    .query(ask, {})
    .catch((error: unknown) => error);

  expect(String(refused)).toContain("AS2223");
  expect(String(refused)).not.toContain("wr0ng");
});

test("files are read and written as the other user", async () => {
  const root = become("sudo", OWN_PASSWORD);

  await root.writeFile("/root/made", Buffer.from([0, 255, 10]), { mode: 0o600 }, {});

  expect(await root.readFile("/root/made", {})).toEqual(Buffer.from([0, 255, 10]));
  expect(await root.stat("/root/made", {})).toMatchObject({ owner: "root", mode: 0o600 });
  await expect(host.readFile("/root/made", {})).rejects.toMatchObject({ code: "AS2224" });
});

test("a command of another user is stopped at its time limit", async () => {
  const running = become("su", ROOT_PASSWORD).query({ script: "sleep 5555", timeout: 500 }, {});

  await expect(running).rejects.toMatchObject({ code: "AS2221" });

  expect(await bench.shell("ps | grep -c '[s]leep 5555' || true")).toBe("0\n");
});
