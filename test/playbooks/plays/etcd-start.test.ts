/**
 * What etcd-start decides, with the real script and programs that only say how they were called. How
 * it fares with the real etcd is shown by the end-to-end tests.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const PLAY = path.join(__dirname, "..", "..", "..", "playbooks", "plays", "etcd", "files");
const FOUNDERS = "a=http://10.0.0.1:2380,b=http://10.0.0.2:2380,c=http://10.0.0.3:2380";

interface Member {
  readonly name?: string;
  readonly address: string;
  readonly seen?: boolean;
}

const a = { name: "a", address: "10.0.0.1", seen: true };
const c = { name: "c", address: "10.0.0.3", seen: true };
const allowed = { leave: true };

test("a member with data just starts, and needs no leave", () => {
  const { etcd } = start({ data: true, known: [a, c] });

  expect(etcd).toMatch(/^--name b --data-dir /);
  expect(etcd).toContain("--listen-client-urls http://10.0.0.2:2379 ");
  expect(etcd).not.toContain("--initial-cluster-state");
});

test("a member without data and without leave does not start: a lost disk is for a person to see", () => {
  const { etcd, status, stderr } = start({ known: [a, c] });

  expect(etcd).toBe("");
  expect(status).toBe(1);
  expect(stderr).toContain("there is no data");
});

test("without anybody who answers, the cluster is founded by all on the list", () => {
  const { etcd } = start({ ...allowed });

  expect(etcd).toContain(`--initial-cluster-state new --initial-cluster ${FOUNDERS}`);
});

test("a founder that comes late founds all the same: others know it, but have never seen it", () => {
  const { etcd, etcdctl } = start({
    ...allowed,
    known: [a, { name: "b", address: "10.0.0.2" }, c],
  });

  expect(etcd).toContain(`--initial-cluster-state new --initial-cluster ${FOUNDERS}`);
  expect(etcdctl).toBe("");
});

test("a member that was added joins those who know it, by its name on the list", () => {
  const { etcd } = start({ ...allowed, known: [a, { address: "10.0.0.2" }] });

  expect(etcd).toContain(
    "--initial-cluster-state existing --initial-cluster a=http://10.0.0.1:2380,b=http://10.0.0.2:2380",
  );
});

test("a member that nobody knows is added, by way of the others", () => {
  const { etcd, etcdctl } = start({ ...allowed, known: [a, c] });

  expect(etcd).toBe("");
  expect(etcdctl).toContain("--endpoints=http://10.0.0.1:2379,http://10.0.0.3:2379 member list");
  expect(etcdctl).toContain("member add b --peer-urls=http://10.0.0.2:2380");
  expect(etcdctl).not.toContain("member remove");
});

test("a member that lost its data leaves before it is added again", () => {
  const lost = { name: "b", address: "10.0.0.2", seen: true };

  const { etcdctl } = start({
    ...allowed,
    known: [a, lost, c],
    list: "8e9e05c52164694d, started, b, http://10.0.0.2:2380, http://10.0.0.2:2379, false",
  });

  expect(etcdctl).toMatch(/member remove 8e9e05c52164694d[^]*member add b /);
});

test("a machine that took the place of another leaves by its name, wherever that one was", () => {
  const { etcdctl } = start({
    ...allowed,
    known: [a, { name: "b", address: "10.0.0.9", seen: true }, c],
    list: "1f, started, b, http://10.0.0.9:2380, http://10.0.0.9:2379, false",
  });

  expect(etcdctl).toMatch(/member remove 1f\n[^]*member add b /);
});

interface Given {
  readonly data?: boolean;
  readonly leave?: boolean;
  /** What the others' peer ports tell; nobody answers without. */
  readonly known?: readonly Member[];
  /** What `etcdctl member list` prints. */
  readonly list?: string;
}

function start({ data = false, leave = false, known, list = "" }: Given) {
  const root = mkdtempSync(path.join(tmpdir(), "etcd-"));
  for (const it of ["bin", "etc", "run", "var"]) mkdirSync(path.join(root, it));
  const write = (name: string, text: string): string => {
    writeFileSync(path.join(root, name), text);
    return path.join(root, name);
  };
  const program = (name: string, script: string): void => {
    chmodSync(
      write(`bin/${name}`, `#!/bin/sh\necho "$@" >>${root}/${name}.log\n${script}\n`),
      0o755,
    );
    write(`${name}.log`, "");
  };
  if (data) mkdirSync(path.join(root, "var", "member"));
  if (leave) write("run/etcd-may-start-empty", "");
  write("etc/node.env", "NAME=b\nADDRESS=10.0.0.2\nCLUSTER=edge\n");
  write("etc/members", "a 10.0.0.1\nb 10.0.0.2\nc 10.0.0.3\n");
  const answer = known && write("answer", `${JSON.stringify(known.map(toJson))}\n`);
  program("wget", answer === undefined ? "exit 1" : `cat ${answer}`);
  program("etcdctl", `case "$*" in *"member list"*) echo "${list}" ;; esac`);
  program("etcd", "");
  program("sleep", "");
  const script = write("etcd-start", adapted("etcd-start", root));
  chmodSync(script, 0o755);
  const { status, stderr } = spawnSync("/bin/sh", [script], { encoding: "utf8" });
  const log = (name: string): string => readFileSync(path.join(root, `${name}.log`), "utf8");
  return { status, stderr, etcd: log("etcd"), etcdctl: log("etcdctl") };
}

/** The script with its folders below `root`; it ends where its supervisor would start it again. */
function adapted(name: string, root: string): string {
  return readFileSync(path.join(PLAY, name), "utf8")
    .replaceAll("/etc/etcd/", `${root}/etc/`)
    .replaceAll("/var/lib/etcd", `${root}/var`)
    .replaceAll("/run/", `${root}/run/`)
    .replace("PATH=/usr/local/bin:", `PATH=${root}/bin:`)
    .replace('exec "$0"', "exit 0");
}

function toJson({ name, address, seen }: Member): object {
  return {
    id: 1,
    peerURLs: [`http://${address}:2380`],
    ...(name === undefined ? {} : { name }),
    ...(seen ? { clientURLs: [`http://${address}:2379`] } : {}),
  };
}
