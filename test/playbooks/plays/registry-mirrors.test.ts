/** The play registry-mirrors on a host of its own: what it writes, takes away, and whom it tells. */
import { Secret } from "../../../core/secret";
import { type ModuleBench, startBench } from "../../support/module-run";
import { type PlayRun, runShippedPlays } from "../../support/play-run";

const CONTAINERD = {
  path: "/etc/containerd/certs.d/quay.io/hosts.toml",
  content: 'server = "x"\n',
};
const DOCKERD = { path: "/etc/docker/daemon.json", content: "{}\n" };
const PASSWORD = `"'\\ {{ 1 + 1 }}: #$\`ü`;
const SECRETS = { u: new Secret("me"), p: new Secret(PASSWORD) };
const LOGINS = {
  registry_files: [CONTAINERD],
  registry_login_files: [
    {
      path: "/etc/rancher/k3s/registries.yaml",
      content: "{{ p | to_json }}\n{{ (u ~ ':' ~ p) | b64encode }}\n",
    },
  ],
  registry_login_paths: ["/etc/rancher/k3s/registries.yaml"],
};
/** A service that counts how often it was told to read its file again. */
const COUNTER = `#!/bin/sh
trap 'echo told >>/root/told' HUP
echo up >/root/ready
while true; do sleep 1000 & wait $!; done
`;

let bench: ModuleBench;

beforeAll(async () => {
  bench = await startBench("busybox");
});

afterAll(() => bench.stop());

async function run(vars: PlayRun["vars"], more: Partial<PlayRun> = {}) {
  const { hosts, told } = await runShippedPlays({
    plays: ["registry-mirrors"],
    hosts: { a: { bench, role: "worker" } },
    vars,
    ...more,
  });
  return { ...hosts.a, told };
}

test("files are written once, and taken away when the cluster has them no longer", async () => {
  const first = await run({ registry_files: [CONTAINERD, DOCKERD] });
  const again = await run({ registry_files: [CONTAINERD, DOCKERD] });
  const less = await run({ registry_files: [CONTAINERD] });

  expect(first).toMatchObject({ status: "ok", failed: 0 });
  expect(again).toMatchObject({ status: "ok", changed: 0 });
  expect(less).toMatchObject({ status: "ok", failed: 0 });
  expect(await bench.shell("ls /etc/docker; cat /etc/containerd/certs.d/quay.io/hosts.toml")).toBe(
    CONTAINERD.content,
  );
});

test("a login is filled in on the node, for its owner only, and shows nowhere", async () => {
  const first = await run(LOGINS, { secretVars: SECRETS });
  const again = await run(LOGINS, { secretVars: SECRETS });
  const file = await bench.shell("cd /etc/rancher/k3s; stat -c %a *; cat *");

  const [mode, json = "", basic = ""] = file.split("\n");
  expect(first).toMatchObject({ status: "ok", failed: 0 });
  expect(again).toMatchObject({ status: "ok", changed: 0 });
  expect(mode).toBe("600");
  expect(JSON.parse(json)).toBe(PASSWORD);
  expect(Buffer.from(basic, "base64").toString()).toBe(`me:${PASSWORD}`);
  expect(first.told).not.toContain(basic);
});

test("a refresh has no secret: it judges the files without logins all the same", async () => {
  await run(LOGINS, { secretVars: SECRETS });
  const clean = await run(LOGINS, { secretVars: SECRETS, mode: "refresh" });
  await bench.shell(`echo >>${CONTAINERD.path}`);
  const drifted = await run(LOGINS, { secretVars: SECRETS, mode: "refresh" });

  expect(clean).toMatchObject({ status: "ok", changed: 0 });
  expect(drifted).toMatchObject({ status: "ok", changed: 1 });
});

test("dockerd is told when its file changed and it runs, and not otherwise", async () => {
  await run({ registry_files: [] });
  await bench.shell("mkdir -p /etc/sv/docker");
  await bench.run("copy", { dest: "/etc/sv/docker/run", content: COUNTER, mode: "0755" });
  await bench.run("service", { name: "docker", state: "started" });
  await bench.shell("until [ -e /root/ready ]; do sleep 0.1; done");
  const count = () => bench.shell("cat /root/told 2>/dev/null | wc -l");

  await run({ registry_files: [DOCKERD] });
  const absent = await count();
  await bench.shell("touch /run/docker.pid");
  await run({ registry_files: [DOCKERD, CONTAINERD] });
  const unchanged = await count();
  await run({ registry_files: [CONTAINERD] });
  await bench.shell("until [ -e /root/told ]; do sleep 0.1; done");

  expect([absent, unchanged].map(Number)).toEqual([0, 0]);
});
