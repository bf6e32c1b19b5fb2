/** What the script of the play says of kernels is what `armstead kernel check` says, and what the play makes of it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { requirementLines } from "../../../constructs/kernel-requirements";
import { parseKernelConfig } from "../../../images/kernel/config/parse-config";
import { judgeKernel } from "../../../images/kernel/judge";
import type { KernelVersion } from "../../../images/kernel/kernel-version";
import type { SetName } from "../../../images/kernel/requirements/requirement";
import { REQUIREMENT_SETS } from "../../../images/kernel/requirements/sets";
import { startBench, type ModuleBench } from "../../support/module-run";
import { runShippedPlays } from "../../support/play-run";

const root = path.join(__dirname, "..", "..", "..");
const script = path.join(
  root,
  "playbooks",
  "plays",
  "kernel-requirements",
  "files",
  "check-kernel",
);
const folder = mkdtempSync(path.join(tmpdir(), "kernel-"));
const evaluated = path.join(root, "test", "images", "kernel", "evaluated");
const config = readFileSync(path.join(evaluated, "linuxkit-6.12.x.config"), "utf8");

interface Given {
  readonly set: SetName;
  readonly config: string;
  readonly version: KernelVersion;
  readonly cgroup: 1 | 2;
}

const without = (option: string) => config.replace(new RegExp(`^CONFIG_${option}=.*$`, "m"), "");
const cases: [string, Given][] = (["docker", "k3s", "k8s"] as const).flatMap((set) => [
  [`${set} of a good config`, { set, config, version: [6, 12], cgroup: 2 }],
  [`${set} of an empty config`, { set, config: "CONFIG_ARM64=y\n", version: [6, 12], cgroup: 2 }],
  [`${set} of an old kernel`, { set, config, version: [4, 1], cgroup: 1 }],
  [`${set} without bridges`, { set, config: without("BRIDGE"), version: [6, 12], cgroup: 1 }],
  [`${set} without overlay`, { set, config: without("OVERLAY_FS"), version: [5, 2], cgroup: 2 }],
]);

test.each(cases)("check-kernel and the tables agree: %s", (_, given) => {
  const { name, items } = judge(given);

  const said = check(given).slice(1);

  expect(said).toEqual(items);
  expect(name).toBe(given.set);
});

test("the cases have kernels with and without faults", () => {
  const counts = cases.map(([, given]) => judge(given).items.length);

  expect(counts.filter((it) => it === 0).length).toBeGreaterThan(0);
  expect(Math.max(...counts)).toBeGreaterThan(20);
});

test("check-kernel reads a packed config, and says which", () => {
  const file = path.join(folder, "config.gz");
  writeFileSync(file, gzipSync(config));

  expect(run(["k3s"], file)).toEqual([file]);
});

let bench: ModuleBench;
beforeAll(async () => {
  bench = await startBench("busybox");
});
afterAll(() => bench.stop());

async function play(kernelConfig: string, judged: object = { kernel_is_judged: true }) {
  const { hosts, told } = await runShippedPlays({
    plays: ["kernel-requirements"],
    hosts: { "n-0": { bench, role: "worker" } },
    vars: {
      kernel_requirements_of: "k3s",
      kernel_requirements: requirementLines("k3s"),
      kernel_config: kernelConfig,
      ...judged,
    },
  });
  return { ...hosts["n-0"], told };
}

test("a node whose kernel lacks something is told what, before anything is installed", async () => {
  await bench.shell("printf 'CONFIG_NAMESPACES=y\\n' >/root/short");

  const { status, told } = await play("/root/short");

  expect(status).toBe("failed");
  expect(told).toMatch(/n-0: the kernel \S+ lacks what k3s needs, by \/root\/short: NET_NS, /);
});

test("a node whose kernel has all passes, and nothing changes the next time", async () => {
  await bench.run("copy", { dest: "/root/config", content: config });

  const [first, again] = [await play("/root/config"), await play("/root/config")];

  expect([first.status, again.status, again.changed]).toEqual(["ok", "ok", 0]);
});

test("a node that shows no config passes, and says that it was not judged", async () => {
  await bench.shell("[ ! -e /proc/config.gz ] || mount --bind /dev/null /proc/config.gz");

  const { status, told } = await play("");

  expect(status).toBe("ok");
  expect(told).toContain("n-0 shows no config of its kernel");
});

test("a node of the lab that is no ARM64 machine is not judged", async () => {
  const { status, told } = await play("/root/short", { kernel_is_judged: false });

  expect(status).toBe("ok");
  expect(told).toContain("its kernel is not checked");
});

function judge({ set, config: text, version, cgroup }: Given) {
  const parsed = parseKernelConfig(Buffer.from(text), "config");
  const { name, items } = judgeKernel(REQUIREMENT_SETS[set], parsed, { version, cgroup });
  const options = items.filter(({ options: it }) => Object.keys(it).length > 0);
  const lacking = options.filter(
    ({ need, verdict }) => need === "required" && verdict === "missing",
  );
  return { name, items: lacking.map((it) => it.name) };
}

function check({ set, config: text, version, cgroup }: Given): string[] {
  const file = path.join(folder, "config");
  writeFileSync(file, text);
  return run([set], file, `${version.join(".")}.7-arm64`, String(cgroup));
}

function run([set = ""]: string[], ...more: string[]): string[] {
  const requirements = path.join(folder, "requirements");
  writeFileSync(requirements, `${requirementLines(set as SetName).join("\n")}\n`);
  const { stdout, stderr, status } = spawnSync("busybox", ["sh", script, requirements, ...more], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split("\n");
}
