import fc from "fast-check";
import type { Host } from "../../../../playbooks/runner/host";
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { startNamespacedHost, type NamespacedHost } from "../../../support/namespaced-host";

// Whole hosts are started, on a machine that other tests share.
jest.setTimeout(60_000);

/** Names that a file can have: anything without a slash, and not too long. */
const fileName = fc
  .string({ unit: "binary", minLength: 1, maxLength: 40 })
  .map((it) => Buffer.from(it).toString().replaceAll(/[/\0]/g, "_"))
  .filter((it) => it !== "." && it !== "..");

describe.each(["busybox", "debian"] as const)("files on a host with %s", (flavour) => {
  let machine: NamespacedHost;
  let host: Host;

  beforeAll(async () => {
    machine = await startNamespacedHost(flavour);
    const { signal } = new AbortController();
    host = await openHost(
      { name: "node", ...machine },
      { key: machine.key, connectTimeout: 10_000, signal },
    );
  });

  beforeEach(() => shell("rm -rf /t; mkdir /t"));

  afterAll(async () => {
    await machine.stop();
    host.close();
  });

  async function shell(script: string): Promise<string> {
    const { code, stdout, stderr } = await host.change({ script }, {});
    if (code !== 0) throw new Error(stderr);
    return stdout;
  }

  test("writeFile() and readFile() keep every byte under every name", async () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(fileName, bytes, async (name, content) => {
        await host.writeFile(`/t/${name}`, content, {}, {});

        expect(await host.readFile(`/t/${name}`, {})).toEqual(Buffer.from(content));
      }),
      { numRuns: 25 },
    );
    expect(await shell("find /t -name '.armstead*'")).toBe("");
  });

  test("writeFile() gives a new file its attributes, and keeps those of an old one", async () => {
    await host.writeFile(
      "/t/a",
      Buffer.from("1"),
      { mode: 0o4750, owner: "daemon", group: "users" },
      {},
    );
    const made = await host.stat("/t/a", {});
    await host.writeFile("/t/a", Buffer.from("22"), {}, {});
    const kept = await host.stat("/t/a", {});

    expect(made).toMatchObject({ mode: 0o4750, owner: "daemon", group: "users", size: 1 });
    expect(kept).toMatchObject({ mode: 0o4750, owner: "daemon", group: "users", size: 2 });
  });

  test("writeFile() writes through a link, also to an odd name", async () => {
    await shell("mkdir '/t/real dir'; echo old > '/t/real dir/f\n'; ln -s 'real dir/f\n' /t/link");

    await host.writeFile("/t/link", Buffer.from("new"), {}, {});

    expect(await host.stat("/t/link", {})).toMatchObject({ type: "link", target: "real dir/f\n" });
    expect((await host.readFile("/t/real dir/f\n", {}))?.toString()).toBe("new");
  });

  test.each([
    ["a folder that is not there", "/t/no/file", {}],
    ["a folder in its place", "/t", {}],
    ["an unknown owner", "/t/kept", { owner: "no-such-user" }],
  ])("writeFile() fails whole for %s", async (_, path, attributes) => {
    await shell("echo kept > /t/kept");

    const writing = host.writeFile(path, Buffer.from("new"), attributes, {});

    await expect(writing).rejects.toMatchObject({ code: "AS2225" });
    expect(await shell("cat /t/kept; ls -A /t")).toBe("kept\nkept\n");
  });

  test("writeFile() leaves the old file when the disk is full", async () => {
    await shell("mount -t tmpfs -o size=64k none /t; echo kept > /t/a");
    try {
      const writing = host.writeFile("/t/a", Buffer.alloc(200_000, 1), {}, {});

      await expect(writing).rejects.toMatchObject({ code: "AS2225" });
      expect(await shell("cat /t/a; ls -A /t")).toBe("kept\na\n");
    } finally {
      await shell("umount /t");
    }
  });

  test("stat() and checksum() know what is there, and nothing else", async () => {
    await shell("printf abc > /t/a; ln -s a /t/l; mkfifo /t/p; chmod 1777 /t");
    const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    expect(await host.stat("/t/l", {})).toMatchObject({ type: "link", target: "a" });
    expect(await host.stat("/t/l", { follow: true })).toMatchObject({
      type: "file",
      size: 3,
      owner: "root",
    });
    expect(await host.stat("/t/p", {})).toMatchObject({ type: "other" });
    expect(await host.stat("/t", {})).toMatchObject({ type: "directory", mode: 0o1777 });
    expect(await host.stat("/t/a/b", {})).toBeUndefined();
    expect(await host.checksum("/t/l", {})).toBe(abc);
    expect(await host.checksum("/t/nope", {})).toBeUndefined();
    expect(await host.readFile("/t/nope", {})).toBeUndefined();
  });

  test("readFile() fails for what cannot be read", async () => {
    await expect(host.readFile("/t", {})).rejects.toMatchObject({ code: "AS2224" });
    await expect(host.checksum("/t", {})).rejects.toMatchObject({ code: "AS2224" });
    const other = host.as({ user: "nobody", method: "su" });
    await expect(other.readFile("/etc/shadow", {})).rejects.toMatchObject({ code: "AS2224" });
  });
});
