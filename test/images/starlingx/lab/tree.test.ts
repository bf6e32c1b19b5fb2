import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { starlingxLabFiles } from "../../../../images/starlingx/lab/tree";
import { LabNode } from "./lab-node";

const run = promisify(execFile);
const COMMANDS = ["ansible-playbook", "dcmanager", "starlingx-lab", "system"];

test("starlingxLabFiles() has programs, their library, and what the installer leaves", () => {
  const entries = starlingxLabFiles("standard");
  const modes = new Map(entries.map((it) => [it.path, it.kind === "link" ? 0 : it.mode]));

  expect(COMMANDS.map((it) => modes.get(`usr/bin/${it}`))).toEqual(COMMANDS.map(() => 0o755));
  expect(modes.get("usr/lib/starlingx-lab/call.sh")).toBe(0o644);
  expect(modes.get("etc/platform/platform.conf")).toBe(0o644);
  expect(modes.get("var/lib/starlingx-lab")).toBe(0o700);
});

test("every file of the scripts is text of less than 300 lines, and says what it is", () => {
  const files = starlingxLabFiles("standard").flatMap((it) => (it.kind === "file" ? [it] : []));
  const scripts = files.filter((it) => /^usr\/(bin|lib)\//.test(it.path));

  for (const { path: at, content } of scripts) {
    const text = content.toString();
    expect({ at, short: text.split("\n").length < 300 }).toEqual({ at, short: true });
    expect(text).toMatch(/^#/);
    expect(text).toMatch(/^[\n\x20-\x7e…“”’·—]*$/u);
  }
  expect(scripts.length).toBeGreaterThan(30);
});

test("only the real-time variant has the low-latency kernel", () => {
  const conf = (kernel: "standard" | "realtime"): string =>
    starlingxLabFiles(kernel)
      .flatMap((it) => (it.kind === "file" && it.path === "etc/platform/platform.conf" ? [it] : []))
      .map(({ content }) => content.toString())
      .join("");

  expect(conf("standard")).toContain("\nsubfunction=controller,worker\n");
  expect(conf("realtime")).toContain("\nsubfunction=controller,worker,lowlatency\n");
});

test("busybox reads every script", async () => {
  const node = await LabNode.create();
  const scripts = [...COMMANDS.map((it) => `usr/bin/${it}`), "usr/lib/starlingx-lab/call.sh"];

  for (const it of scripts) {
    await expect(run("busybox", ["sh", "-n", path.join(node.root, it)])).resolves.toBeDefined();
  }
  await node.remove();
});

test.each(COMMANDS)("%s --version says that it is the lab's script", async (command) => {
  const node = await LabNode.create();

  const { code, stdout, stderr } = await node.run([command, "--version"]);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("scripted by the Armstead lab, not");
  expect(stdout).toContain("StarlingX");
  await node.remove();
});
