/**
 * A whole small host of its own for tests that change users, services or kernel settings: own user
 * ids (its root is nobody here), mounts, processes, host name and network, a private root in memory,
 * and a real dropbear. Nothing that a test does in it reaches this machine.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { readFileSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Secret } from "../../core/secret";
import { stageRoot, type RootFlavour } from "./namespaced-root";
import { makeLogin } from "./sshd";

/** A running host and the way in. */
export interface NamespacedHost {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeys: readonly string[];
  readonly key: Secret;
  /** Process id of its init, seen from here: its root is /proc/PID/root. Another one after a restart. */
  readonly init: number;
  /** Ends all that runs in it, and starts it again with an empty root. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Shifted user ids: the host's root is this user outside. */
const FIRST_ID = 100_000;
const NAMESPACES = ["--mount", "--pid", "--uts", "--ipc", "--net"];

const INIT = `
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755 none /mnt
cd /mnt
tar -xf -
if [ -e .bind-usr ]; then mount --rbind /usr usr; mount -o remount,bind,ro usr; fi
for device in null zero full random urandom tty; do
  : > dev/$device; mount --bind /dev/$device dev/$device
done
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
ip link set lo up
hostname armstead-test
echo ready
exec chroot . /bin/busybox init </dev/null >/dev/null 2>&1
`;

/** Starts a host; it answers when the promise settles. */
export async function startNamespacedHost(
  flavour: RootFlavour = "busybox",
): Promise<NamespacedHost> {
  const folder = mkdtempSync(path.join(tmpdir(), "ns-"));
  const login = makeLogin(folder);
  const { archive, hostKey } = stageRoot(folder, flavour, login.publicKey);
  let machine = await boot(archive);
  const sessions = new Set<ChildProcess>();
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    serve(socket, machine.init, sessions);
  });
  const port = await listen(server);
  const halt = async (): Promise<void> => {
    for (const it of sessions) it.kill("SIGKILL");
    await machine.end();
  };
  return {
    address: "127.0.0.1",
    port,
    user: "root",
    hostKeys: [hostKey],
    key: login.key,
    get init() {
      return machine.init;
    },
    async restart() {
      await halt();
      machine = await boot(archive);
    },
    async stop() {
      await halt();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Machine {
  /** Process id of its init, seen from here. */
  readonly init: number;
  end(): Promise<void>;
}

async function boot(archive: string): Promise<Machine> {
  // The first process only holds the user namespace until its ids are mapped.
  const holder = spawn("unshare", ["--user", "sleep", "infinity"], { stdio: "ignore" });
  const holderPid = holder.pid ?? 0;
  await until(() => namespaceOf(holderPid) !== namespaceOf(process.pid));
  for (const map of ["uid_map", "gid_map"]) {
    writeFileSync(`/proc/${holderPid}/${map}`, `0 ${FIRST_ID} 65536\n`);
  }
  const enter = ["--user", "--target", String(holderPid), "--", "unshare", ...NAMESPACES];
  const outer = spawn("nsenter", [...enter, "--fork", "--kill-child", "/bin/sh", "-c", INIT], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  outer.stdin.end(readFileSync(archive));
  await Promise.race([
    new Promise((resolve) => outer.stdout.once("data", resolve)),
    exited(outer).then(() => {
      throw new Error("the namespaced host did not start");
    }),
  ]);
  const init = Number(
    execFileSync("ps", ["-o", "pid=", "--ppid", String(outer.pid)], { encoding: "utf8" }),
  );
  return {
    init,
    async end() {
      const gone = exited(outer);
      outer.kill("SIGKILL");
      holder.kill("SIGKILL");
      await Promise.all([gone, exited(holder)]);
    },
  };
}

/** One dropbear a connection, as inetd would start it, since no address is shared with the host. */
function serve(socket: Socket, init: number, sessions: Set<ChildProcess>): void {
  const where = ["--user", ...NAMESPACES, "--root", "--wd", "--target", String(init)];
  const dropbear = ["/usr/sbin/dropbear", "-i", "-s", "-r", "/etc/dropbear/key"];
  const child = spawn("nsenter", [...where, "--", "env", "-i", ...dropbear], {
    stdio: [socket, socket, "ignore"],
  });
  sessions.add(child);
  child.once("exit", () => sessions.delete(child));
  // The session has its own copy of the descriptor; this one would keep the connection open.
  child.once("spawn", () => socket.destroy());
  child.once("error", () => socket.destroy());
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" ? (address?.port ?? 0) : 0);
    });
  });
}

function namespaceOf(pid: number): string {
  return readlinkSync(`/proc/${pid}/ns/user`);
}

async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("waited in vain");
}

function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
}
