/**
 * `armstead kernel check` of running nodes: one of Debian's programs that says it runs a real-time kernel
 * of arm64, and this machine behind a real sshd, whatever its kernel is.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { KernelReport } from "../../../cli/kernel-table";
import type { Host } from "../../../playbooks/runner/host";
import { openHost } from "../../../playbooks/runner/transport/open-host";
import { type Answer, newFolder, runHere } from "../../support/command-line";
import { type NamespacedHost, startNamespacedHost } from "../../support/namespaced-host";
import { type Sshd, startSshd } from "../../support/sshd";

const RELEASE = "6.12.117+deb13-rt-arm64";
const VERSION = "#1 SMP PREEMPT_RT Debian 6.12.117-1 (2026-11-12)";
const CONFIG = `/boot/config-${RELEASE}`;
/** What only the running kernel says is in no config. */
const EMPTY =
  "# Linux/arm64 6.12.117 Kernel Configuration\nCONFIG_ARM64=y\nCONFIG_HIGH_RES_TIMERS=y\n";

let node: NamespacedHost;
let host: Host;
let sshd: Sshd;
let folder: string;

beforeAll(async () => {
  [node, sshd] = await Promise.all([startNamespacedHost("debian"), startSshd()]);
  const { address, port, user, hostKeys, key } = node;
  const options = { key, connectTimeout: 15_000, signal: new AbortController().signal };
  host = await openHost({ name: "node", address, port, user, hostKeys }, options);
  // The kernel is this machine's: what would show its config is covered.
  await run(`if [ -e /proc/config.gz ]; then mount --bind /dev/null /proc/config.gz; fi`);
  await sayUname(RELEASE, VERSION);
});

afterAll(async () => {
  host.close();
  await Promise.all([node.stop(), sshd.stop()]);
});

beforeEach(async () => {
  folder = newFolder();
  write("id", node.key.reveal());
  write("known", `[127.0.0.1]:${node.port} ${node.hostKeys[0]}\n`);
  write(
    "hosts.yml",
    `all:
  hosts:
    edge-a: { ansible_host: 127.0.0.1, ansible_port: ${node.port}, ansible_user: root }
    edge-b: { ansible_host: 127.0.0.1, ansible_port: 1 }
`,
  );
  await put(CONFIG, EMPTY);
});

test("armstead kernel check --host judges what the node runs", async () => {
  const { code, stdout, stderr } = await check("--for", "realtime,k8s");

  const expected = readFileSync(path.join(__dirname, "kernel-check", "node.expected.txt"), "utf8");
  expect(stdout).toBe(expected.replace("127.0.0.1:22", `127.0.0.1:${node.port}`));
  expect(code).toBe(1);
  expect(stderr).toBe(
    `asking 127.0.0.1:${node.port}\nno cgroup file system is mounted: judged as cgroup 2\n`,
  );
});

test("armstead kernel check --host exits with 0 when all is met, and takes the command line's cgroup", async () => {
  const { code, stdout, stderr } = await check(
    "--for",
    "realtime",
    "--cgroup",
    "1",
    "--quiet",
    "--json",
  );

  const { kernel, file, met } = JSON.parse(stdout) as KernelReport;
  expect({ code, stderr, met }).toEqual({ code: 0, stderr: "", met: true });
  expect(file).toBe(`127.0.0.1:${node.port}:${CONFIG}`);
  expect(kernel).toEqual({
    release: RELEASE,
    architecture: "arm64",
    cgroup: 1,
    version: VERSION,
    machine: "aarch64",
  });
});

test("armstead kernel check --host finds a name in an inventory", async () => {
  const access = ["-i", "id", "--known-hosts", "known"];
  const words = ["kernel", "check", "--inventory", "hosts.yml", ...access, "--for", "realtime"];

  const found = await runHere([...words, "--host", "edge-a"], { folder });
  const none = await runHere([...words, "--host", "edge-c"], { folder });

  expect(found.code).toBe(0);
  expect(found.stdout).toContain(`: edge-a:${CONFIG}\n`);
  expect(none).toEqual({
    code: 1,
    stdout: "",
    stderr:
      'AS1412  --host: the inventory has no host "edge-c"; allowed: edge-a, edge-b; did you mean "edge-a"?\n',
  });
});

test("armstead kernel check --host tells the lines of the node's config that are wrong", async () => {
  await put(CONFIG, `${EMPTY}\n<html>\n`);

  const { code, stdout, stderr } = await check("--quiet");

  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(
    `127.0.0.1:${node.port}:${CONFIG}:5:1  AS1702  this is no line of a kernel config "<html>"\n`,
  );
});

test("armstead kernel check --host tells when the node has no config, and when it is none", async () => {
  await run(`rm ${CONFIG}`);
  const without = await check();
  await sayUname("v5", "Plan 9");
  const other = await check();
  await sayUname(RELEASE, VERSION);

  expect(without).toMatchObject({ code: 1, stdout: "" });
  expect(without.stderr).toContain(
    `AS2480  127.0.0.1:${node.port} shows no config of its kernel ${RELEASE}\n`,
  );
  expect(other).toMatchObject({ code: 1, stdout: "" });
  expect(other.stderr).toContain("AS2481  ");
});

test.each([
  ["whose key nobody knows", ["--known-hosts", "empty"], "AS2204"],
  ["without a way to log in", ["--known-hosts", "known"], "AS2211"],
  ["with a key that is none", ["--known-hosts", "known", "-i", "hosts.yml"], "AS2206"],
  ["with a key that is not there", ["--known-hosts", "known", "-i", "none"], "AS1001"],
  ["with known hosts that are not there", ["--known-hosts", "none", "-i", "id"], "AS1001"],
])("armstead kernel check --host of a node %s", async (_name, words, code) => {
  write("empty", "");

  const answer = await runHere(
    ["kernel", "check", "--host", `127.0.0.1:${node.port}`, ...words, "--quiet"],
    { folder },
  );

  expect(answer).toMatchObject({ code: 1, stdout: "" });
  expect(answer.stderr).toMatch(new RegExp(`^${code}  .+\n$`));
});

test("armstead kernel check gives the same for this machine as for its config file", async () => {
  write("id", sshd.key.reveal());
  write(".ssh/known_hosts", `[127.0.0.1]:${sshd.port} ${sshd.hostKeys[0]}\n`);
  const at = `${sshd.user}@127.0.0.1:${sshd.port}`;
  const words = ["kernel", "check", "--for", "docker,k8s,k3s,realtime", "--cgroup", "2", "--json"];

  const asked = await runHere([...words, "--host", at, "-i", "id", "--quiet"], { folder });

  const shown = ["/proc/config.gz", `/boot/config-${kernelRelease()}`];
  const file = shown.find((it) => existsSync(it));
  if (file === undefined) {
    expect(asked.stderr).toMatch(/^AS2480 /);
    return;
  }
  const read = await runHere([...words, file, "--release", kernelRelease()], { folder });
  const [node, here] = [asked, read].map((it) => JSON.parse(it.stdout) as KernelReport);
  expect(node?.file).toBe(`${at}:${file}`);
  expect(node?.sets).toEqual(here?.sets);
  expect(asked.code).toBe(read.code);
});

function kernelRelease(): string {
  return readFileSync("/proc/sys/kernel/osrelease", "utf8").trim();
}

function check(...words: readonly string[]): Promise<Answer> {
  const at = ["--host", `127.0.0.1:${node.port}`, "-i", "id", "--known-hosts", "known"];
  return runHere(["kernel", "check", ...at, ...words], { folder });
}

async function run(script: string): Promise<void> {
  const { code, stderr } = await host.change({ script }, {});
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}

function put(file: string, content: string): Promise<void> {
  return run(`mkdir -p /boot; cat >${file} <<'END'\n${content}END\n`);
}

/** Another uname in the place of the node's. */
async function sayUname(release: string, version: string): Promise<void> {
  await run(`umount /usr/bin/uname 2>/dev/null
cat >/tmp/uname <<'END'
#!/bin/sh
case $1 in -r) echo "${release}" ;; -v) echo "${version}" ;; -m) echo aarch64 ;; esac
END
chmod 755 /tmp/uname && mount --bind /tmp/uname /usr/bin/uname`);
}

function write(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
