/**
 * Kernel tuning on a host, by the shipped play `base`. The host shares this machine's kernel, so it is told what that
 * kernel was told already: then nothing is restarted. What a restart is for is seen in check mode.
 */
import { readFileSync } from "node:fs";
import { type ModuleBench, startBench } from "../../support/module-run";
import { runShippedPlays, writePrograms } from "../../support/play-run";

const FILE = "/etc/default/grub.d/50-armstead.cfg";
const KNOWN = readFileSync("/proc/cmdline", "utf8").trim().split(/\s+/).slice(0, 1);
const TOLD = { arguments: KNOWN, isolated: "", ticks: "" };

let bench: ModuleBench;

beforeAll(async () => {
  bench = await startBench("busybox");
  await writePrograms(bench, {
    "/usr/sbin/update-grub": "#!/bin/sh\necho update-grub >>/root/calls\n",
  });
  await bench.shell("mkdir -p /etc/default/grub.d");
});

afterAll(() => bench.stop());

test("without tuning nothing is written, and nothing restarted", async () => {
  expect(await runBase({})).toEqual({ status: "ok", changed: [] });
  expect(await calls()).toBe("");
});

test("the boot loader is told once, and a kernel that knows already is not restarted", async () => {
  const first = await runBase({ node_tuning: JSON.stringify(TOLD) });
  const second = await runBase({ node_tuning: JSON.stringify(TOLD) });

  expect(first).toEqual({
    status: "ok",
    changed: ["What the kernel is told at boot", "The boot loader takes it over"],
  });
  expect(second).toEqual({ status: "ok", changed: [] });
  expect(await calls()).toBe("update-grub\n");
  expect(await bench.shell(`cat ${FILE}`)).toContain(
    `GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT ${KNOWN.join(" ")}"\n`,
  );
});

test("a kernel that was not told is restarted, and so is one that is told no more", async () => {
  const more = {
    ...TOLD,
    arguments: [...KNOWN, "isolcpus=managed_irq,domain,2-7"],
    isolated: "2-7",
  };

  const told = await runBase({ node_tuning: JSON.stringify(more) }, "check");
  const untold = await runBase({}, "check");

  expect(told.changed).toEqual(["What the kernel is told at boot", "Restart with it"]);
  expect(untold.changed).toEqual(["No tuning of an earlier description", "Restart with it"]);
  expect(await bench.shell(`grep -c isolcpus ${FILE} || true`)).toContain("0");
});

test("a kernel that does not do as it was told fails the host", async () => {
  const wrong = { ...TOLD, isolated: "2-7" };

  const { status, failed } = await runBase({ node_tuning: JSON.stringify(wrong) });

  expect(status).toBe("failed");
  expect(failed).toContain("the kernel of pool-0 was to be told");
});

async function runBase(
  tuning: Readonly<Record<string, string>>,
  mode: "apply" | "check" = "apply",
): Promise<{ status: string; changed: string[]; failed?: string }> {
  const vars = { node_kernel: "standard", access_keys: [], ...tuning };
  const { hosts, told } = await runShippedPlays({
    plays: ["base"],
    hosts: { "pool-0": { bench, role: "worker" } },
    vars,
    mode,
  });
  const events = told.split("\n").map((it) => JSON.parse(it) as Record<string, unknown>);
  const changed = events
    .filter(({ event, status }) => event === "task.end" && status === "changed")
    .map(({ task }) => String(task))
    // The host's name is not its own: it is one of this machine's namespaces.
    .filter((it) => !["Host name", "The node resolves its own name"].includes(it));
  const host = hosts["pool-0"];
  return {
    status: String(host?.status),
    changed,
    ...(host?.status === "failed" ? { failed: JSON.stringify(host) } : {}),
  };
}

async function calls(): Promise<string> {
  return bench.shell("cat /root/calls 2>/dev/null || true");
}
