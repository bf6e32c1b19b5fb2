/** `npm run demo` on real ARM64 machines: the proof that the whole way works, as a newcomer runs it. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tryFindProgram } from "../../demo/requirements";
import { run } from "./support/run";
import { ROOT } from "./support/world";

const hasQemu = tryFindProgram("qemu-system-aarch64", process.env) !== undefined;
const onQemu = hasQemu ? test : test.skip;
if (!hasQemu)
  process.stderr.write("the demo on QEMU is skipped: qemu-system-aarch64 is not on the PATH\n");

onQemu(
  "npm run demo deploys four ARM64 nodes, proves them, and leaves nothing",
  async () => {
    const lab = path.join(mkdtempSync(path.join(tmpdir(), "demo-")), "lab");

    const { code, output } = await run("npm", ["run", "--silent", "demo"], {
      cwd: ROOT,
      env: { ARMSTEAD_LAB_DIR: lab },
    });
    rmSync(path.dirname(lab), { recursive: true, force: true });

    expect(output).toMatch(/workers-0 {2}worker[^]*PREEMPT_RT[^]*read through the gateway here/);
    expect(output.match(/quorum of 3 healthy/g)).toHaveLength(3);
    expect(output.match(/host key strict/g)).toHaveLength(4);
    expect(output).toContain("torn down: no device, no key, no machine process, no socket");
    expect({ code, folder: existsSync(path.join(ROOT, ".armstead", "demo")) }).toEqual({
      code: 0,
      folder: false,
    });
  },
  900_000,
);
