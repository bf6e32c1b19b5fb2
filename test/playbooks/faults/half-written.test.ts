/** Whatever ends a write in the middle: the target is the old file or the new one, never a part. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startBench, type ModuleBench } from "../../support/module-run";
import { startSshd, type Sshd } from "../../support/sshd";
import { startProxy } from "./proxy";
import { oneLine, runTasks } from "./run-tasks";

const OLD = "the old file\n".repeat(20_000);
const NEW = "the new one\n".repeat(400_000);
const CUTS = 20;

describe("a connection that ends in the middle of a big copy", () => {
  let sshd: Sshd;
  let target: string;

  beforeAll(async () => {
    sshd = await startSshd();
    target = path.join(sshd.folder, "tree", "target");
    await runTasks(
      sshd,
      `
    - file: {path: "${sshd.folder}/tree", state: directory}
`,
    );
  });

  afterAll(() => sshd.stop());

  const tasks = (): string => `
    - copy: {src: big, dest: "${target}"}
    - copy: {dest: "${target}", content: "{{ pw }}"}
`;
  const files = new Map([["files/big", NEW]]);

  test.each(["the network cuts it", "the server dies"])("%s: 20 times", async (how) => {
    const found = new Set<string>();
    const errors = new Set<string | undefined>();
    for (let index = 0; index < CUTS / 2; index += 1) {
      writeFileSync(target, OLD);
      // From the first bytes of the content to its last ones.
      const most = 6_000 + ((NEW.length - 10_000) * index) / (CUTS / 2 - 1);
      const isCut = how.startsWith("the network");
      let killed: Promise<void> | undefined;
      const proxy = await startProxy(sshd.port, {
        cutAfter: () => most,
        onCut: () => {
          if (!isCut) killed = sshd.kill();
        },
      });

      const { host } = await runTasks({ ...sshd, port: proxy.port }, tasks(), { files });

      await proxy.stop();
      await killed;
      errors.add(host.error);
      found.add(nameOf(readFileSync(target, "utf8")));
      if (!isCut) await sshd.restart();
    }
    expect([...found]).toEqual(["old"]);
    expect([...errors]).toEqual([oneLine("AS2209")]);
  });

  test("what was left behind does not hinder the next run", async () => {
    const { host } = await runTasks(sshd, tasks().split("\n").slice(0, 2).join("\n"), { files });

    expect(host.status).toBe("ok");
    expect(nameOf(readFileSync(target, "utf8"))).toBe("new");
  });
});

describe.each(["busybox", "debian"] as const)("a full disk of a host with %s", (flavour) => {
  let bench: ModuleBench;

  beforeAll(async () => {
    bench = await startBench(flavour);
    await bench.shell(`
      mkdir -p /small /big/parts
      head -c 200000 /dev/zero >/big/a; cp /big/a /big/parts/a; tar -C /big -cf /big/t.tar a
      mount -t tmpfs -o size=512k none /small; mkdir /small/d; echo kept >/small/f
      head -c 450000 /dev/zero >/small/full`);
  });

  afterAll(() => bench.stop());

  test.each([
    ["copy", `copy: {dest: /small/f, content: "{{ big }}"}`, "AS2225"],
    ["template", `template: {dest: /small/f, src: big.j2}`, "AS2225"],
    ["lineinfile", `lineinfile: {path: /small/f, line: "{{ big }}"}`, "AS2225"],
    ["blockinfile", `blockinfile: {path: /small/f, block: "{{ big }}"}`, "AS2225"],
    ["replace", `replace: {path: /small/f, regexp: kept, replace: "{{ big }}"}`, "AS2225"],
    ["copy on the host", `copy: {dest: /small/f, src: /big/a, remote_src: true}`, "AS2301"],
    ["assemble", `assemble: {dest: /small/f, src: /big/parts}`, "AS2301|AS2225"],
    ["archive", `archive: {dest: /small/f, path: /big/parts, format: tar}`, "AS2301"],
  ])("is told by %s, and the old file stays", async (_, task, code) => {
    const { host } = await runTasks(bench.machine, `    - ${task}\n`, {
      files: new Map([["templates/big.j2", "{{ pw }}{{ big }}"]]),
      vars: { big: "x".repeat(150_000) },
    });

    expect(host).toMatchObject({ status: "failed", error: oneLine(`(${code})`) });
    expect(host.error).toMatch(/No space left/i);
    expect(await bench.shell("cat /small/f; cd /small; ls -A")).toBe("kept\nd\nf\nfull\n");
  });

  test("is told by unarchive, and by the next one when the archive is unpacked in part", async () => {
    const task = "    - unarchive: {dest: /small/d, src: /big/t.tar, remote_src: true}\n";

    const first = await runTasks(bench.machine, task);
    const second = await runTasks(bench.machine, task);
    await bench.shell("rm /small/full");
    const third = await runTasks(bench.machine, task);

    for (const { host } of [first, second]) {
      expect(host).toMatchObject({ status: "failed", error: oneLine("AS2301") });
      expect(host.error).toContain("failed to unpack: tar: ");
    }
    expect(third.statuses).toEqual(["changed"]);
    expect(await bench.shell("cmp /small/d/a /big/a && ls -A /small/d")).toBe("a\n");
  });
});

function nameOf(content: string): string {
  if (content === OLD) return "old";
  return content === NEW ? "new" : `${content.length} characters: ${content.slice(0, 40)}`;
}
