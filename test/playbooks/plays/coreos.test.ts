/**
 * The plays of a CoreOS cluster on a minimal host: a real member of etcd, flannel's settings in it, units. flanneld
 * itself is a small script that says how it was called: a network of containers needs more rights than the host has.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../../../core/folders";
import { ensureEtcdArtifacts } from "../../../images/build/etcd-artifacts";
import { type ModuleBench, startBench } from "../../support/module-run";
import { type PlayRun, runShippedPlays, serve, writePrograms } from "../../support/play-run";

// Packages are fetched where nobody did before.
jest.setTimeout(300_000);

const FLANNELD = `#!/bin/sh
if [ "$1" = --version ]; then echo "v0.26.1" >&2; exit; fi
echo "$*" >>/root/flanneld
mkdir -p /run/flannel; echo FLANNEL_SUBNET=10.2.1.1/24 >/run/flannel/subnet.env
trap exit TERM
while :; do sleep 1000 & wait $!; done
`;
const CONFIG = '{"Network":"10.2.0.0/16","SubnetLen":24,"Backend":{"Type":"vxlan"}}';
const UNIT = "[Service]\nEnvironment=A={{ not_a_variable }} B=50%%\nExecStart=/bin/true\n";

let bench: ModuleBench;
let sums: Readonly<Record<string, string>>;

beforeAll(async () => {
  bench = await startBench("busybox");
  const { signal } = new AbortController();
  const context = { cacheFolder: cacheFolder(process.env), report: () => undefined };
  const architecture = process.arch === "arm64" ? "arm64" : "amd64";
  const folder = await ensureEtcdArtifacts(context, architecture, { signal });
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  const stdin = readFileSync(path.join(folder, `etcd-linux-${machine}.tar`));
  await bench.shell("mkdir -p /srv/files");
  await bench.host.change({ script: "cat >/srv/files/etcd.tar", stdin }, {});
  await writePrograms(bench, { "/srv/make/flanneld": FLANNELD });
  await bench.shell("cd /srv/make; tar -cf /srv/files/flannel.tar flanneld");
  sums = await serve(bench, "/srv/files", 8002);
});

afterAll(() => bench.stop());

const base64 = (text: string): string => Buffer.from(text).toString("base64");

async function run(more: object = {}, mode: PlayRun["mode"] = "apply") {
  const { hosts } = await runShippedPlays({
    plays: ["etcd", "coreos"],
    hosts: { "m-0": { bench, role: "etcd-member" } },
    vars: {
      etcd_artifact_url: "http://127.0.0.1:8002/etcd.tar",
      etcd_artifact_checksum: sums["etcd.tar"],
      etcd_version: "",
      coreos_has_docker: false,
      coreos_flannel_url: "http://127.0.0.1:8002/flannel.tar",
      coreos_flannel_checksum: sums["flannel.tar"],
      coreos_flannel_version: "0.26.1",
      coreos_flannel_interface: "",
      coreos_flannel_backend: "vxlan",
      coreos_flannel_key: "/coreos.com/network/config",
      coreos_flannel_config: base64(CONFIG),
      coreos_units: [
        { name: "a.service", contents: base64(UNIT), enabled: true, roles: ["etcd-member"] },
        { name: "b.service", contents: base64(UNIT), enabled: true, roles: ["worker"] },
      ],
      coreos_dropins: [
        { unit: "a.service", name: "x.conf", contents: base64(UNIT), roles: ["etcd-member"] },
      ],
      ...more,
    },
    mode,
  });
  return hosts["m-0"];
}

const stored = (): Promise<string> =>
  bench.shell(
    "etcdctl --endpoints=127.0.0.1:2379 get --print-value-only /coreos.com/network/config",
  );

test("a member of etcd has flannel's settings, and flanneld asks it", async () => {
  expect(await run()).toMatchObject({ status: "ok" });

  expect((await stored()).trim()).toBe(CONFIG);
  expect(await bench.shell("cat /root/flanneld")).toBe(
    "--etcd-endpoints=http://127.0.0.1:2379 --etcd-prefix=/coreos.com/network --ip-masq --public-ip=127.0.0.1\n",
  );
});

test("units of the node's role are written as they were given, and no others", async () => {
  expect(await bench.shell("cat /etc/systemd/system/a.service")).toBe(UNIT);
  expect(await bench.shell("cat /etc/systemd/system/a.service.d/x.conf")).toBe(UNIT);
  expect((await bench.shell("ls /etc/systemd/system")).split("\n")).not.toContain("b.service");
});

test("a second run changes nothing, neither does a look", async () => {
  expect(await run()).toMatchObject({ status: "ok", changed: 0 });
  expect(await run({}, "check")).toMatchObject({ status: "ok", changed: 0 });
});

test("other settings are put into etcd, and flanneld is left running", async () => {
  const config = CONFIG.replace("10.2.0.0", "10.3.0.0");

  expect(await run({ coreos_flannel_config: base64(config) })).toMatchObject({ status: "ok" });

  expect((await stored()).trim()).toBe(config);
});

test("another version than the one that was asked for is refused", async () => {
  expect(await run({ coreos_flannel_version: "0.25.0" })).toMatchObject({ status: "failed" });
});

test("what is no longer described goes: units, and flannel", async () => {
  const without = { coreos_flannel_url: "", coreos_flannel_config: "", coreos_flannel_version: "" };

  expect(await run({ coreos_units: [], coreos_dropins: [], ...without })).toMatchObject({
    status: "ok",
  });

  expect((await bench.shell("ls /etc/systemd/system")).split("\n")).not.toContain("a.service");
  expect(await bench.shell("cat /etc/coreos/units")).toBe("");
  expect(await bench.shell("pidof -x flanneld || echo none")).toBe("none\n");
  expect(await bench.shell("ls /etc/service /usr/local/lib/coreos")).not.toContain("flanneld");
});
