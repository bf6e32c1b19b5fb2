/** `armstead lab …` over a folder that cannot be used: what is wrong, and what to do, never a stack trace. */
import { spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { homedir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { LAB_CONNECTION_FILE } from "../../../api/lab-connection";
import { takeLock } from "../../../lab/control/lock";
import { STATE_FILE } from "../../../lab/store/store";
import { loadCases } from "../../support/cases";
import { type Answer, newFolder, PROGRAM, runHere } from "../../support/command-line";

interface Case {
  /** Commands of a shell that has a user and a mount namespace of its own, in the folder above the lab's. */
  readonly before?: readonly string[];
  /** What is in the lab's journal. */
  readonly state?: string;
  readonly words: readonly string[];
  readonly code: number;
  /** All of it but the advice; `LAB` stands for the lab's folder. */
  readonly stderr: string;
}

const UP = ["up", "--driver", "process", "--port", "0", "--node-port", "0"];
const NOBODY = 65_534;

/** A folder with a lab's folder in it. */
function newHome(): { readonly folder: string; readonly lab: string } {
  const folder = newFolder();
  const lab = path.join(folder, "lab");
  mkdirSync(lab);
  return { folder, lab };
}

/** Runs the command where mounting is allowed, and where the host's other users are strangers even to root. */
async function runApart(
  before: readonly string[],
  words: readonly string[],
  { folder, labFolder }: { readonly folder: string; readonly labFolder: string },
): Promise<Answer> {
  const script = [...before, 'exec "$@"'].join(" && ");
  const command = [process.execPath, PROGRAM, "lab", ...words];
  const { PATH, TMPDIR, XDG_CACHE_HOME = path.join(homedir(), ".cache") } = process.env;
  const child = spawn("unshare", ["-rm", "sh", "-c", script, "sh", ...command], {
    cwd: folder,
    env: { PATH, TMPDIR, XDG_CACHE_HOME, HOME: folder, ARMSTEAD_LAB_DIR: labFolder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = once(child, "close").then(([it]) => it as number | null);
  const said = await Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { code: said[0], stdout: said[1], stderr: said[2] };
}

function mustBe({ code, stdout, stderr }: Answer, wanted: Answer): void {
  const advice = wanted.stderr === "" ? /^$/ : /^What to do: .+\.\n$/;
  expect({ code, stderr: stderr.slice(0, wanted.stderr.length) }).toEqual({
    code: wanted.code,
    stderr: wanted.stderr,
  });
  expect(stderr.slice(wanted.stderr.length)).toMatch(advice);
  if (code !== 0) expect(stdout).toBe("");
}

test.each(loadCases<Case>(path.join(__dirname, "lab-troubles")))(
  "armstead lab: $name",
  async ({ before = [], state, words, code, stderr }) => {
    const { folder, lab } = newHome();
    const journal = path.join(lab, STATE_FILE);
    if (state !== undefined) writeFileSync(journal, state);
    const whole = words[0] === "up" ? UP : words;

    const answer = await runApart(before, whole, { folder, labFolder: lab });

    mustBe(answer, { code, stdout: "", stderr: stderr.replaceAll("LAB", lab) });
    if (state !== undefined && code !== 0) expect(readFileSync(journal, "utf8")).toBe(state);
  },
);

test.each([UP, ["down"], ["reset"], ["status"], ["ssh", "node-a"], ["console", "node-a"]])(
  "armstead lab %s: the folder is somebody else's",
  async (...words) => {
    const { folder, lab } = newHome();
    // Whoever is not root cannot give a folder away, but there is one that is root's.
    const isRoot = process.getuid?.() === 0;
    const labFolder = isRoot ? path.join(lab, "below") : "/root/lab";
    if (isRoot) {
      chownSync(lab, NOBODY, NOBODY);
      chmodSync(lab, 0o700);
    }

    const { code, stdout, stderr } = await runApart([], words, { folder, labFolder });

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^AS2409 {2}.+ belongs to user \d+, and you are user \d+\nWhat to do: /);
    expect(stderr).not.toMatch(/^ +at /m);
  },
);

test("armstead lab status: the server runs, and its connection file is garbage", async () => {
  const { folder, lab } = newHome();
  const file = path.join(lab, LAB_CONNECTION_FILE);
  const unlock = await takeLock(lab);

  for (const garbage of ["", "{", '{"endpoint":1}', "\u0000".repeat(100)]) {
    writeFileSync(file, garbage);

    mustBe(await runHere(["lab", "status"], { folder }), {
      code: 1,
      stdout: "",
      stderr: `AS2412  the lab runs, but ${file} is not as it wrote it\n`,
    });
  }
  await unlock();
});

test("armstead lab up: something that is no lab has the port", async () => {
  const { folder, lab } = newHome();
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  const words = ["lab", ...UP.slice(0, 3), "--port", String(port), "--node-port", "0"];

  const answer = await runHere(words, { folder });

  holder.close();
  const stderr = `AS2403  port ${port} of 127.0.0.1 is taken\n`;
  mustBe(answer, { code: 1, stdout: "", stderr });
  expect(existsSync(path.join(lab, LAB_CONNECTION_FILE))).toBe(false);
});
