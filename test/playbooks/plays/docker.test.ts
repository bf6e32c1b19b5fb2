/**
 * The play docker on a minimal host, with an engine that is a small script: what is called, what is written, and when
 * it restarts. The files' texts are what real dockerd takes; that is shown where it can run.
 */
import { createHash } from "node:crypto";
import { type ModuleBench, startBench } from "../../support/module-run";
import { type PlayRun, runShippedPlays, serve, writePrograms } from "../../support/play-run";

const DOCKERD = `#!/bin/sh
if [ "$1" = --version ]; then echo "Docker version 27.3.1, build 0"; exit; fi
echo "dockerd $*; $HTTPS_PROXY" >>/root/calls
touch /run/docker.up
trap 'rm -f /run/docker.up; exit' TERM
while :; do sleep 1 & wait $!; done
`;
const DOCKER = `#!/bin/sh
[ -e /run/docker.up ] || exit 1
case $(uname -m) in aarch64) arch=arm64 ;; x86_64) arch=amd64 ;; esac
case "$*" in
version*) echo "linux/$arch" ;;
*"config --services") grep -q 'worker' /etc/docker/compose/compose.yaml && echo web ;;
*" up "*) echo "docker $*" >>/root/calls; [ -e /root/up ] || echo ' Container edge-web-1  Started' >&2; touch /root/up ;;
*" down "*) echo "docker $*" >>/root/calls; rm -f /root/up ;;
esac
`;
const COMPOSE =
  "services: { web: { image: nginx:1, profiles: [worker], command: '{{ x }} $$HOME' } }\n";

let bench: ModuleBench;
let sums: Readonly<Record<string, string>>;

beforeAll(async () => {
  bench = await startBench("busybox");
  await writePrograms(bench, {
    "/srv/make/docker/dockerd": DOCKERD,
    "/srv/make/docker/docker": DOCKER,
    "/srv/files/compose": "#!/bin/sh\n",
  });
  await bench.shell("cd /srv/make; tar -czf /srv/files/docker.tgz docker");
  sums = await serve(bench, "/srv/files", 8001);
});

afterAll(() => bench.stop());

const base64 = (text: string) => Buffer.from(text).toString("base64");
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

function vars(more: object = {}) {
  return {
    docker_engine: "archive",
    docker_archive_url: "http://127.0.0.1:8001/docker.tgz",
    docker_archive_checksum: sums["docker.tgz"],
    docker_version: "27.3.1",
    docker_compose_url: "http://127.0.0.1:8001/compose",
    docker_compose_checksum: sums.compose,
    docker_compose_file: "",
    docker_options: ["--debug", "--log-level=info"],
    docker_environment: { HTTPS_PROXY: "http://proxy.example:3128" },
    docker_users: [],
    docker_daemon_digest: digest("{}"),
    ...more,
  };
}

async function run(more: object = {}, mode: PlayRun["mode"] = "apply") {
  const { hosts, told } = await runShippedPlays({
    plays: ["docker"],
    hosts: { "w-0": { bench, role: "worker" } },
    vars: vars(more),
    mode,
  });
  return { ...hosts["w-0"], told };
}

const calls = async () =>
  (await bench.shell("cat /root/calls; rm /root/calls; touch /root/calls")).trim().split("\n");

test("without an engine all around it is written, and nothing runs", async () => {
  await bench.shell("touch /root/calls");

  const first = await run({ docker_engine: "none", docker_version: "", docker_compose_url: "" });
  const again = await run({ docker_engine: "none", docker_version: "", docker_compose_url: "" });

  expect(first).toMatchObject({ status: "ok" });
  expect(again).toMatchObject({ status: "ok", changed: 0 });
  expect(await bench.shell("ls /usr/local/bin; cat /root/calls")).toBe("");
  expect(await bench.shell("cat /etc/default/docker")).toBe(
    `# What dockerd is started with. Mirrors and other keys are in /etc/docker/daemon.json.
DOCKER_OPTS="--debug --log-level=info"
HTTPS_PROXY="http://proxy.example:3128"
`,
  );
});

test("the engine comes out of its archive, starts once with its options, and is left alone", async () => {
  const first = await run();
  const started = await calls();
  const again = await run();
  const refreshed = await run({}, "refresh");

  expect(first).toMatchObject({ status: "ok" });
  expect(started).toEqual(["dockerd --debug --log-level=info; http://proxy.example:3128"]);
  expect(again).toMatchObject({ status: "ok", changed: 0 });
  expect(refreshed).toMatchObject({ status: "ok", changed: 0 });
  expect(await calls()).toEqual([""]);
});

test("other options, and other keys of daemon.json, restart it", async () => {
  await run({ docker_options: ["--debug"] });
  const options = await calls();
  await run({ docker_options: ["--debug"], docker_daemon_digest: digest('{"mtu":1450}') });
  const keys = await calls();

  expect(options).toEqual(["dockerd --debug; http://proxy.example:3128"]);
  expect(keys).toEqual(["dockerd --debug; http://proxy.example:3128"]);
});

test("an engine of another version than the one that was asked for is refused", async () => {
  const { status, told } = await run({ docker_version: "28.0.0" });

  expect(status).toBe("failed");
  expect(told).toContain("Docker version 27.3.1");
});

test("users join the group when they are there, and are never made", async () => {
  await bench.run("user", { name: "operator" });

  const known = await run({ docker_users: ["operator"] });
  const unknown = await run({ docker_users: ["stranger"] });

  expect(known).toMatchObject({ status: "ok" });
  expect(await bench.shell("grep ^docker: /etc/group")).toContain("operator");
  expect(unknown).toMatchObject({ status: "failed" });
  expect(await bench.shell("cat /etc/passwd")).not.toContain("stranger");
});

test("a compose file runs as it was written, once, and goes with its services", async () => {
  await run({ docker_compose_file: base64("services: {}\n") });
  const nothing = await calls();
  const first = await run({ docker_compose_file: base64(COMPOSE) });
  const again = await run({ docker_compose_file: base64(COMPOSE) });
  const up = await calls();
  const text = await bench.shell("cat /etc/docker/compose/compose.yaml");
  await run();
  const down = await calls();
  const left = await run();

  const all =
    "docker compose --project-name edge --file /etc/docker/compose/compose.yaml --profile worker --profile w";
  expect(nothing.filter((it) => it.includes("compose"))).toEqual([]);
  expect(first.changed).toBeGreaterThan(0);
  expect(again).toMatchObject({ status: "ok", changed: 0 });
  expect(text).toBe(COMPOSE);
  expect(up.filter((it) => it.includes("compose"))).toEqual([
    `${all} up --detach --no-build --remove-orphans`,
    `${all} up --detach --no-build --remove-orphans`,
  ]);
  expect(down).toEqual([`${all} down --remove-orphans`]);
  expect(left).toMatchObject({ status: "ok", changed: 0 });
});

test("a damaged archive is refused, and what is there stays", async () => {
  const wrong = { docker_archive_checksum: `sha256:${"0".repeat(64)}` };
  await bench.shell("rm /var/cache/armstead/docker.tgz");

  const { status } = await run(wrong);

  expect(status).toBe("failed");
  expect(await bench.shell("/usr/local/bin/dockerd --version")).toContain("27.3.1");
});
