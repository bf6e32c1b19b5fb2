/** `armstead kernel check` of a file: what it says, word by word, and how it ends. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { KernelReport } from "../../../cli/kernel-table";
import { newFolder, runHere } from "../../support/command-line";

const here = path.join(__dirname, "kernel-check");
const LINUXKIT = path.join(
  ...[__dirname, "..", "..", "images", "kernel", "evaluated", "linuxkit-6.12.x.config"],
);
/** A kernel of today that lacks a few things. */
const POOR = readFileSync(LINUXKIT, "utf8")
  .replace("CONFIG_VETH=y\n", "# CONFIG_VETH is not set\n")
  .replace("CONFIG_OVERLAY_FS=y\n", "")
  .replace("CONFIG_BTRFS_FS=m\n", "");

let folder: string;

beforeEach(() => {
  folder = newFolder();
  writeFileSync(path.join(folder, "linuxkit"), readFileSync(LINUXKIT));
  writeFileSync(path.join(folder, "poor.gz"), gzipSync(POOR));
  writeFileSync(path.join(folder, "short"), "CONFIG_PREEMPT_RT=y\nCONFIG_HIGH_RES_TIMERS=y\n");
});

test.each([
  ["a kernel that has all", "met", 0, ["linuxkit"]],
  ["a kernel that lacks some", "not-met", 1, ["poor.gz", "--for", "k3s,docker"]],
  ["another use", "realtime", 1, ["linuxkit", "--for", "realtime"]],
  ["an old kernel and old groups", "old", 1, ["linuxkit", "--for", "k8s", ...old()]],
  ["a version that only the command line says", "short", 0, [...short(), "--for", "realtime"]],
])("armstead kernel check: %s", async (_name, file, code, words) => {
  const answer = await runHere(["kernel", "check", ...words], { folder });

  const expected = readFileSync(path.join(here, `${file}.expected.txt`), "utf8");
  expect(answer).toEqual({ code, stdout: expected, stderr: "" });
});

test("armstead kernel check --json tells every item with the values that were looked at", async () => {
  const { code, stdout, stderr } = await runHere(
    ["kernel", "check", "poor.gz", "--for", "docker", "--json"],
    { folder },
  );

  const report = JSON.parse(stdout) as KernelReport;
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect({ ...report, sets: [] }).toEqual({
    file: "poor.gz",
    kernel: { release: "6.12.59", architecture: "arm64", cgroup: 2, version: null, machine: null },
    met: false,
    sets: [],
  });
  const [docker] = report.sets;
  expect(docker).toMatchObject({ name: "docker", met: false, required: { missing: 2 } });
  expect(docker?.items.filter((it) => it.verdict === "missing" && it.need === "required")).toEqual([
    {
      name: "VETH",
      need: "required",
      verdict: "missing",
      why: "containers are plugged into a bridge",
      options: { VETH: "n" },
    },
    {
      name: "OVERLAY_FS or BTRFS_FS and BTRFS_FS_POSIX_ACL",
      need: "required",
      verdict: "missing",
      why: "layers of images (overlay2, the overlayfs snapshotter)",
      options: { OVERLAY_FS: null, BTRFS_FS: null, BTRFS_FS_POSIX_ACL: "y" },
    },
  ]);
});

test("armstead kernel check tells every wrong line at once", async () => {
  const lines = ["CONFIG_A=y", "CONFIG_B=maybe", "# CONFIG_A is not set", "<html>", ""];
  writeFileSync(path.join(folder, "wrong"), lines.join("\n"));

  expect(await runHere(["kernel", "check", "wrong"], { folder })).toEqual({
    code: 1,
    stdout: "",
    stderr: [
      'wrong:2:1  AS1702  this is no line of a kernel config "CONFIG_B=maybe"',
      'wrong:3:1  AS1703  CONFIG_A has two values: y in line 1, here "n"',
      'wrong:4:1  AS1702  this is no line of a kernel config "<html>"',
      "",
    ].join("\n"),
  });
});

test.each([
  ["no file", "none", 'AS1001  a file cannot be read "none"; there is no such file'],
  ["a folder", ".", 'AS1001  a file cannot be read "."; it is a folder'],
  [
    "a file without end",
    "/dev/zero",
    'AS1701  this is no kernel config "/dev/zero"; it is larger than 8 MiB',
  ],
  [
    "a program",
    process.execPath,
    `AS1701  this is no kernel config ${JSON.stringify(process.execPath)}; it is larger than 8 MiB`,
  ],
  [
    "a kernel of unknown version",
    "short",
    `AS1704  the kernel's version is not known "short"; say which kernel it is: --release 6.12.1`,
  ],
])("armstead kernel check told of %s", async (_name, file, line) => {
  expect(await runHere(["kernel", "check", file], { folder })).toEqual({
    code: 1,
    stdout: "",
    stderr: `${line}\n`,
  });
});

test("armstead kernel check --lab without a lab says so", async () => {
  const { code, stderr } = await runHere(["kernel", "check", "--lab", "node-a"]);

  expect(code).toBe(1);
  expect(stderr).toMatch(/^AS2401 {2}the lab is not running\n/);
});

function old(): string[] {
  return ["--release", "5.19.17-old", "--cgroup", "1"];
}

function short(): string[] {
  return ["short", "--release", "6.12.1"];
}
