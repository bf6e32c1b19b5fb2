/**
 * The play starlingx on a host of its own, with the lab's scripted StarlingX commands: what it provisions, that a second run and a
 * refresh find nothing to do, and that it gets over the loss of its session.
 */
import { parse } from "yaml";
import type { ClusterSpec } from "../../../cluster";
import { sitesOf } from "../../../cluster/deployments/starlingx/site";
import { overridesOf } from "../../../constructs/deployments/starlingx/overrides";
import { playVars } from "../../../constructs/deployments/starlingx/play-vars";
import { Secret } from "../../../core/secret";
import { starlingxLabFiles } from "../../../images/starlingx/lab/tree";
import { validCluster } from "../../cluster/deployments/starlingx/valid-clusters";
import { type ModuleBench, startBench } from "../../support/module-run";
import { type PlayRun, runShippedPlays } from "../../support/play-run";

jest.setTimeout(120_000);

const PASSWORD = `Li69nux*"'\\: #$\``;
const SECRETS = {
  starlingx_admin_password: new Secret(PASSWORD),
  starlingx_sysadmin_password: new Secret(PASSWORD),
};
/** Ends all sessions a moment after controller-0 was told to restart, as a restart does. */
const RESTARTS = `#!/bin/sh
/usr/bin/system.real "$@" || exit $?
case "$*" in
"host-unlock controller-0") (sleep 0.3; echo restarted >>/root/restarts; killall dropbear) >/dev/null 2>&1 & ;;
esac
`;
const DUPLEX = withStorage(validCluster("aio-dx"));

let bench: ModuleBench;

beforeAll(async () => {
  bench = await startBench("busybox");
  await lay();
  await bench.shell("mv /usr/bin/system /usr/bin/system.real");
  await bench.run("copy", { dest: "/usr/bin/system", content: RESTARTS, mode: "0755" });
});

afterAll(() => bench.stop());

test("a duplex is provisioned over the loss of the session, and nothing is left to do", async () => {
  const first = await run(DUPLEX);
  const restarts = await bench.shell("cat /root/restarts");
  const hosts = await bench.shell(`. /etc/platform/openrc; system host-list --format value`);
  const left = await bench.shell("ls -A /root");
  const again = await run(DUPLEX);
  const refreshed = await run(DUPLEX, "refresh");

  expect(first.told).not.toContain("Li69nux");
  expect(first.failures).toEqual([]);
  expect(first).toMatchObject({ status: "ok", failed: 0 });
  expect(restarts).toBe("restarted\n");
  expect(hosts).toBe(
    [
      "1 controller-0 controller unlocked enabled available",
      "2 controller-1 controller unlocked enabled available",
      "",
    ].join("\n"),
  );
  expect(left).not.toContain("secrets.yml");
  expect(again.failures).toEqual([]);
  expect(again).toMatchObject({ status: "ok", changed: 0 });
  expect(refreshed.failures).toEqual([]);
  expect(refreshed).toMatchObject({ status: "ok", changed: 0 });
});

test("localhost.yml on the node says what the model says, read again", async () => {
  const [site] = sitesOf(DUPLEX);
  const written = parse(await bench.shell("cat /root/localhost.yml")) as unknown;

  expect(written).toEqual({
    ...(site && overridesOf(site, DUPLEX)),
    admin_password: "{{ vault_admin_password }}",
    ansible_become_pass: "{{ vault_ansible_become_pass }}",
  });
});

test("a refresh sees that a file was changed by hand", async () => {
  await bench.shell("echo '# mine' >>/root/localhost.yml");

  const drifted = await run(DUPLEX, "refresh");

  expect(drifted).toMatchObject({ status: "ok", changed: 1 });
});

test("what StarlingX refuses ends the run with its words, and leaves no secret", async () => {
  await bench.shell("rm -rf /var/lib/starlingx-lab/state /etc/platform/.b* /etc/platform/.i*");
  const cluster = withStorage(validCluster("aio-dx"), "/dev/sdz9");
  await bench.shell("starlingx-lab hardware controller-0 disks=/dev/sda:960");
  // The machine lacks the disk, whatever the lab is told of it.
  await bench.shell("mv /usr/bin/starlingx-lab /usr/bin/hands");

  const refused = await run(cluster);

  expect(refused.status).toBe("failed");
  expect(refused.failures.join("\n")).toContain(
    "there is not exactly one uuid of device_node /dev/sdz9",
  );
  expect(await bench.shell("ls -A /root")).not.toContain("secrets.yml");
});

async function lay(): Promise<void> {
  for (const it of starlingxLabFiles("standard")) {
    const dest = `/${it.path}`;
    if (it.kind === "folder") await bench.shell(`mkdir -p ${dest}`);
    if (it.kind !== "file") continue;
    await bench.shell(`mkdir -p ${dest.replace(/\/[^/]*$/, "")}`);
    const mode = `0${it.mode.toString(8)}`;
    await bench.run("copy", { dest, content: it.content.toString(), mode });
  }
}

function withStorage(cluster: ClusterSpec, disk = "/dev/nvme1n1"): ClusterSpec {
  const { kind = "", ...own } = cluster.deployment ?? {};
  const storage = { backend: "ceph", osds: { controller: [disk] } };
  return { ...cluster, deployment: { kind, ...own, storage } };
}

async function run(cluster: ClusterSpec, mode: PlayRun["mode"] = "apply") {
  const { hosts, told } = await runShippedPlays({
    plays: ["starlingx"],
    hosts: { "controller-0": { bench, role: "controller" } },
    vars: playVars(cluster),
    secretVars: SECRETS,
    mode,
  });
  const failures = told.split("\n").filter((it) => /"status":"(failed|unreachable)"/.test(it));
  return { ...hosts["controller-0"], told, failures };
}
