/** `npm run demo`, as a newcomer runs it: on real ARM64 machines, and on processes. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tryFindProgram } from "../../../demo/requirements";
import { type Ran, type Running, signalGroup, start } from "../support/run";
import { ROOT } from "../support/world";

const hasQemu = tryFindProgram("qemu-system-aarch64", process.env) !== undefined;
const onQemu = hasQemu ? test : test.skip;
if (!hasQemu)
  process.stderr.write("the demo on QEMU is skipped: qemu-system-aarch64 is not on the PATH\n");

const PRIVATE_FOLDER = path.join(ROOT, ".armstead", "demo");
let lab: string;

beforeAll(() => {
  lab = path.join(mkdtempSync(path.join(tmpdir(), "demo-")), "lab");
});

afterAll(async () => {
  await demo("--destroy");
  rmSync(path.dirname(lab), { recursive: true, force: true });
});

function startDemo(...words: readonly string[]): Running {
  return start("npm", ["run", "--silent", "demo", "--", ...words], {
    cwd: ROOT,
    env: { ARMSTEAD_LAB_DIR: lab },
  });
}

function demo(...words: readonly string[]): Promise<Ran> {
  return startDemo(...words).ended;
}

onQemu(
  "npm run demo deploys four ARM64 nodes, proves them, and leaves nothing",
  async () => {
    const { code, output } = await demo();

    expect(output).toMatch(/workers-0 {2}worker[^]*PREEMPT_RT[^]*read through the gateway here/);
    expect(output.match(/quorum of 3 healthy/g)).toHaveLength(3);
    expect(output.match(/host key strict/g)).toHaveLength(4);
    expect(output).toContain("torn down: no device, no key, no machine process, no socket");
    expect({ code, folder: existsSync(PRIVATE_FOLDER) }).toEqual({ code: 0, folder: false });
  },
  900_000,
);

test("npm run demo -- --driver process shows the same way, and says what it does not prove", async () => {
  const { code, output } = await demo("--driver", "process");

  expect(output).toContain("and proves nothing about ARM64");
  expect(output.match(/quorum of 3 healthy/g)).toHaveLength(3);
  expect(output).not.toContain("aarch64");
  expect(output).toContain("torn down: no device, no key, no machine process, no socket");
  expect(code).toBe(0);
});

test("--keep leaves the cluster up; the same again changes nothing; --destroy removes all", async () => {
  const kept = await demo("--driver", "process", "--keep");
  const again = await demo("--driver", "process", "--keep");
  const destroyed = await demo("--destroy");

  expect([kept.code, again.code, destroyed.code]).toEqual([0, 0, 0]);
  expect(kept.output).toContain("Remove it: npm run demo -- --destroy");
  expect(again.output).not.toMatch(/Creating|Modifying|Destroying/);
  expect(destroyed.output).toContain("torn down: no device, no key");
  expect(existsSync(PRIVATE_FOLDER)).toBe(false);
});

test("Ctrl-C in the middle of it leaves nothing either", async () => {
  const running = startDemo("--driver", "process");
  await running.seen(/armstead_device\S+: Creating/);
  signalGroup(running, "SIGINT");

  const { output } = await running.ended;

  expect(output).toContain("torn down: no device, no key, no machine process, no socket");
  expect({ lab: existsSync(lab), files: existsSync(PRIVATE_FOLDER) }).toEqual({
    lab: false,
    files: false,
  });
});
