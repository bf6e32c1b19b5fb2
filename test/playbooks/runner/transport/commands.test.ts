import fc from "fast-check";
import type { Host } from "../../../../playbooks/runner/host";
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { readOnly } from "../../../../playbooks/runner/transport/read-only";
import { startNamespacedHost } from "../../../support/namespaced-host";
import { startSshd } from "../../../support/sshd";

interface Machine {
  readonly name: string;
  readonly start: () => Promise<Parameters<typeof openHost>[0] & Stoppable>;
}

type Stoppable = Omit<Awaited<ReturnType<typeof startNamespacedHost>>, "init" | "restart">;

// Stopping a command takes a second or two, and the servers share this machine with other tests.
jest.setTimeout(30_000);

const MACHINES: readonly Machine[] = [
  { name: "OpenSSH and bash", start: async () => ({ name: "node", ...(await startSshd()) }) },
  {
    name: "OpenSSH with one session at once",
    start: async () => ({ name: "node", ...(await startSshd({ config: ["MaxSessions 1"] })) }),
  },
  {
    name: "dropbear and busybox",
    start: async () => ({ name: "node", ...(await startNamespacedHost("busybox")) }),
  },
  {
    name: "dropbear and dash",
    start: async () => ({ name: "node", ...(await startNamespacedHost("debian")) }),
  },
];

const plain = fc
  .string({ unit: "binary" })
  .filter((it) => !it.includes("\0"))
  .map((it) => Buffer.from(it).toString());

describe.each(MACHINES)("on $name", ({ start }) => {
  let machine: Awaited<ReturnType<Machine["start"]>>;
  let host: Host;

  beforeAll(async () => {
    machine = await start();
    const { signal } = new AbortController();
    host = await openHost(machine, { key: machine.key, connectTimeout: 10_000, signal });
  });

  afterAll(async () => {
    await machine.stop();
    host.close();
  });

  test("query() tells output, errors and exit code apart", async () => {
    const result = await host.query({ script: "echo out; echo err >&2; exit 7" }, {});

    expect(result).toEqual({ code: 7, stdout: "out\n", stderr: "err\n", truncated: false });
  });

  test("query() hands on any words, environment and input as data", async () => {
    const script = 'printf "%s\\0%s\\0" "$1" "$ODD"; cat';
    await fc.assert(
      fc.asyncProperty(plain, plain, plain, async (argument, value, stdin) => {
        const argv = ["/bin/sh", "-c", script, "sh", argument];
        const { stdout } = await host.query({ argv, environment: { ODD: value }, stdin }, {});

        expect(stdout).toBe(`${argument}\0${value}\0${stdin}`);
      }),
      { numRuns: 15 },
    );
  });

  test("query() runs many commands at once over the one connection", async () => {
    const words = Array.from({ length: 40 }, (_, n) => `${n}`);

    const results = await Promise.all(words.map((it) => host.query({ argv: ["echo", it] }, {})));

    expect(results.map((it) => it.stdout.trim())).toEqual(words);
  });

  test("query() keeps eight mebibytes and drains the rest", async () => {
    const { code, stdout, truncated } = await host.query(
      { script: "head -c 9000000 /dev/zero; exit 5" },
      {},
    );

    expect([code, stdout.length, truncated]).toEqual([5, 8 * 1024 * 1024, true]);
  });

  test("query() does not mind input that nobody reads", async () => {
    const { code } = await host.query({ argv: ["true"], stdin: Buffer.alloc(3_000_000) }, {});

    expect(code).toBe(0);
  });

  test("query() goes to the folder that is named, and fails where there is none", async () => {
    expect((await host.query({ argv: ["pwd"], chdir: "/usr" }, {})).stdout).toBe("/usr\n");
    expect((await host.query({ argv: ["pwd"], chdir: "/no/where" }, {})).code).not.toBe(0);
  });

  /** How many of the sleepers below run: each has its number as a word of its own. */
  async function sleepers(): Promise<number> {
    const script = "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' | grep -c '^777[0-9]$'";
    return Number((await host.query({ script }, {})).stdout);
  }

  test("query() stops a command at its time limit, with all that it started", async () => {
    const script = "trap '' TERM; sleep 7777 & sleep 7778; sleep 7779";

    await expect(host.query({ script, timeout: 300 }, {})).rejects.toMatchObject({
      code: "AS2221",
    });

    expect(await sleepers()).toBe(0);
  });

  test("query() stops a command when the run is cancelled", async () => {
    const running = host.query({ script: "sleep 7770" }, { signal: AbortSignal.timeout(300) });

    await expect(running).rejects.toThrow("aborted");

    expect(await sleepers()).toBe(0);
  });

  test("as() runs as another user by su, with input and counts shared", async () => {
    const before = host.counts.queries;

    const { stdout } = await host
      .as({ user: "nobody", method: "su" })
      .query({ script: "id -un; cat", stdin: "in" }, {});

    expect(stdout).toBe("nobody\nin");
    expect(host.counts.queries).toBe(before + 1);
  });

  test.each([
    ["", (it: Host) => it],
    [" of another user", (it: Host) => it.as({ user: "nobody", method: "su" })],
  ])("no process%s shows the environment of a command", async (_, view) => {
    // Two halves, compared by the shell itself, so that this script is not found by itself.
    const script =
      "all=$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '); " +
      'case $all in *"$A$B"*) echo shown ;; *) echo "$A" ;; esac';

    const { stdout } = await view(host).query(
      { script, environment: { A: "s3c", B: "ret", C: "s3cret" } },
      {},
    );

    expect(stdout).toBe("s3c\n");
  });

  test("as() says why it cannot become a user", async () => {
    const other = host.as({ user: "no-such-user", method: "su" });

    await expect(other.query({ argv: ["id"] }, {})).rejects.toMatchObject({ code: "AS2223" });
  });

  test("readOnly() lets queries through and refuses whatever changes", async () => {
    const guarded = readOnly(host);

    expect((await guarded.query({ argv: ["echo", "x"] }, {})).stdout).toBe("x\n");
    await expect(guarded.change({ argv: ["true"] }, {})).rejects.toMatchObject({ code: "AS3001" });
    await expect(guarded.writeFile("/x", Buffer.from(""), {}, {})).rejects.toMatchObject({
      code: "AS3001",
    });
    await expect(
      guarded.as({ user: "root", method: "su" }).change({ argv: ["true"] }, {}),
    ).rejects.toMatchObject({ code: "AS3001" });
  });
});
