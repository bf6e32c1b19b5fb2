import { execFileSync } from "node:child_process";
import { release as runningRelease } from "node:os";
import { NODE_KERNEL_SCRIPT, tryParseNodeKernel } from "../../../images/kernel/node-kernel";

const RT = `release 6.12.117+deb13-rt-arm64
version #1 SMP PREEMPT_RT Debian 6.12.117-1 (2026-11-12)
machine aarch64
cgroup2 /sys/fs/cgroup
config /boot/config-6.12.117+deb13-rt-arm64
`;

test("tryParseNodeKernel() reads what a node says", () => {
  expect(tryParseNodeKernel(RT)).toEqual({
    release: "6.12.117+deb13-rt-arm64",
    version: "#1 SMP PREEMPT_RT Debian 6.12.117-1 (2026-11-12)",
    machine: "aarch64",
    cgroup: 2,
    saysRealtime: true,
    configFile: "/boot/config-6.12.117+deb13-rt-arm64",
  });
});

test.each([
  ["one tree", "cgroup2 /sys/fs/cgroup", 2],
  ["one tree elsewhere", "cgroup2 /cgroup", 2],
  ["groups of version 1", "cgroup /sys/fs/cgroup/cpu\ncgroup /sys/fs/cgroup/memory", 1],
  ["both, as systemd does", "cgroup /sys/fs/cgroup/cpu\ncgroup2 /sys/fs/cgroup/unified", 1],
  ["none", "", undefined],
])("tryParseNodeKernel() knows the version of cgroups: %s", (_name, lines, cgroup) => {
  expect(tryParseNodeKernel(`release 6.1.0\n${lines}\n`)?.cgroup).toBe(cgroup);
});

test.each([
  ["sysfs says so", "version #1 SMP PREEMPT\nrealtime 1", true],
  ["sysfs denies it", "version #1 SMP PREEMPT\nrealtime 0", false],
  ["uname says so, cut short", "version #1 SMP PREEMPT_RT", true],
  ["nobody says so", "version #1 SMP PREEMPT_DYNAMIC", false],
])("tryParseNodeKernel() knows real-time kernels: %s", (_name, lines, expected) => {
  expect(tryParseNodeKernel(`release 5.10.0\n${lines}\n`)?.saysRealtime).toBe(expected);
});

test.each([
  ["nothing", ""],
  ["no kernel of Linux", "release \nversion \nmachine \n"],
  ["a shell that talks", "Welcome!\n"],
  ["a release that is none", "release unknown\n"],
  ["a release that moves the cursor", "release 6.1.0\u001b[2J\nversion #1\nmachine aarch64\n"],
])("tryParseNodeKernel() does not believe %s", (_name, answer) => {
  expect(tryParseNodeKernel(answer)).toBeUndefined();
});

// A greeting before the answer is no harm.
test("tryParseNodeKernel() looks past lines of others", () => {
  expect(tryParseNodeKernel(`Welcome to edge-a\n${RT}`)?.machine).toBe("aarch64");
});

test.each(["sh", "busybox sh"])("the script runs in %s", (shell) => {
  const [program = "", ...more] = shell.split(" ");
  const words = [...more, "-eu", "-c", NODE_KERNEL_SCRIPT];

  const answer = execFileSync(program, words, { encoding: "utf8" });

  expect(tryParseNodeKernel(answer)).toMatchObject({ release: runningRelease() });
});
