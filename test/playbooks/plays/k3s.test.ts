/**
 * The play k3s on minimal hosts, with a program that is a small script: who founds, who joins whom, in which order, with
 * which configuration, and what is left alone. The hosts do not see each other: an address that answers is opened by hand.
 */
import { parse } from "yaml";
import { Secret } from "../../../core/secret";
import type { ModuleBench } from "../../support/module-run";
import {
  type PlayRun,
  runOnTrio,
  serve,
  startTrio,
  type Trio,
  writePrograms,
} from "../../support/play-run";

const VERSION = "v1.31.4+k3s1";
const TOKEN = `"to'ken {{ 1 + 1 }}`;
const K3S = `#!/bin/sh
case "$1" in
--version) echo "k3s version ${VERSION} (a562d090)"; exit ;;
kubectl)
  [ -e /run/k3s-up ] || exit 1
  case "$*" in *"get nodes"*) cat /root/nodes ;; *delete*) echo "$*" >>/root/calls ;; esac
  exit ;;
esac
echo "k3s $*" >>/root/calls
[ "$1" = agent ] || mkdir -p /var/lib/rancher/k3s/server/db
touch /run/k3s-up
while :; do sleep 1 & wait $!; done
`;
const JOIN = "/etc/rancher/k3s/config.yaml.d/10-armstead-join.yaml";

let benches: Trio;
let sums: Readonly<Record<string, string>>;

beforeAll(async () => {
  benches = await startTrio();
  for (const it of benches) sums = await prepare(it);
});

afterAll(() => Promise.all(benches.map((it) => it.stop())));

async function prepare(bench: ModuleBench) {
  await writePrograms(bench, { "/srv/k3s": K3S, "/srv/images.tar.zst": "images\n" });
  await bench.shell("touch /root/calls; printf 'node/c-0\\nnode/c-1\\nnode/w-0\\n' >/root/nodes");
  return serve(bench, "/srv", 8001);
}

const run = (more: object = {}, mode: PlayRun["mode"] = "apply") =>
  runOnTrio(benches, {
    plays: ["k3s"],
    vars: {
      k3s_version: VERSION,
      k3s_binary_url: "http://127.0.0.1:8001/k3s",
      k3s_binary_checksum: sums.k3s,
      k3s_images_url: "http://127.0.0.1:8001/images.tar.zst",
      k3s_images_checksum: sums["images.tar.zst"],
      k3s_shared_token: "{{ join_token }}",
      k3s_endpoint: "",
      k3s_tls_sans: [],
      k3s_config: { "node-label": ["rack=a"] },
      k3s_server_config: { "cluster-cidr": "10.42.0.0/16", disable: ["traefik"] },
      ...more,
    },
    secretVars: { join_token: new Secret(TOKEN) },
    mode,
  });

const calls = async (bench: ModuleBench) =>
  (await bench.shell("cat /root/calls; rm /root/calls; touch /root/calls")).trim();
const textOf = (bench: ModuleBench, file: string) => bench.shell(`cat ${file}`);

test("the first server founds, the others join it one after the other, then the agents", async () => {
  const { states, told } = await run();
  const [a, b, c] = benches;

  expect(states).toEqual(["ok", "ok", "ok"]);
  expect([await textOf(a, JOIN), await textOf(b, JOIN), await textOf(c, JOIN)]).toEqual([
    "cluster-init: true\n",
    "server: https://127.0.1.1:6443\n",
    "server: https://127.0.1.1:6443\n",
  ]);
  expect([await calls(a), await calls(b), await calls(c)]).toEqual([
    "k3s server",
    "k3s server",
    "k3s agent",
  ]);
  const order = [...told.matchAll(/"task":"(Server is ready|Server|Agent)"[^}]*"host":"([^"]+)"/g)];
  expect(order.map(([, task, host]) => `${host} ${task}`)).toEqual([
    "c-0 Server",
    "c-0 Server is ready",
    "c-1 Server",
    "c-1 Server is ready",
    "w-0 Agent",
  ]);
});

test("configurations have what belongs to them, and the token is for its owner alone", async () => {
  const [a, , c] = benches;
  const own = (name: string, address: string) => ({
    "node-name": name,
    "node-ip": address,
    "node-external-ip": address,
    "token-file": "/etc/rancher/k3s/token",
    "node-label": ["rack=a", "armstead.local/cluster=edge", "zone=north"],
  });

  expect(parse(await textOf(a, "/etc/rancher/k3s/config.yaml"))).toEqual({
    ...own("c-0", "127.0.1.1"),
    "cluster-cidr": "10.42.0.0/16",
    "tls-san": ["127.0.1.1"],
    disable: ["traefik"],
  });
  expect(parse(await textOf(c, "/etc/rancher/k3s/config.yaml"))).toEqual(own("w-0", "127.0.1.3"));
  expect(await textOf(c, "/etc/rancher/k3s/token")).toBe(`${TOKEN}\n`);
  expect(await c.shell("stat -c %a /etc/rancher/k3s/token")).toBe("600\n");
  expect(await c.shell("ls /var/lib/rancher/k3s/agent/images")).toBe("armstead-airgap.tar.zst\n");
});

test("a second run, and a refresh without the secret, change nothing", async () => {
  const again = await run();
  const refreshed = await run({}, "refresh");

  expect(again).toMatchObject({ states: ["ok", "ok", "ok"], changed: [0, 0, 0] });
  expect(refreshed).toMatchObject({ states: ["ok", "ok", "ok"], changed: [0, 0, 0] });
  expect(again.told).not.toContain("to'ken");
  expect(await Promise.all(benches.map(calls))).toEqual(["", "", ""]);
});

test("another option restarts the servers one after the other, and no agent that does not have it", async () => {
  await run({ k3s_server_config: { "cluster-cidr": "10.42.0.0/16" } });

  expect(await Promise.all(benches.map(calls))).toEqual(["k3s server", "k3s server", ""]);
});

test("a first server that was made anew joins those who answer, and founds nothing", async () => {
  const [a] = benches;
  await a.shell(`sv down k3s; rm -rf /var/lib/rancher/k3s/server ${JOIN} /run/k3s-up`);
  await a.shell("busybox httpd -p 127.0.1.2:6443 -h /srv");

  const { states } = await run();

  expect(states).toEqual(["ok", "ok", "ok"]);
  expect(await textOf(a, JOIN)).toBe("server: https://127.0.1.2:6443\n");
});

test("a node of the cluster's label whose machine is gone leaves", async () => {
  const [a] = benches;
  await run();
  await calls(a);
  await a.shell("echo node/w-7 >>/root/nodes");

  await run();

  expect(await calls(a)).toBe("kubectl delete node/w-7");
});

test("nodes join by the endpoint when there is one", async () => {
  const [, b] = benches;
  await b.shell(`sv down k3s; rm -rf /var/lib/rancher/k3s/server ${JOIN}`);

  const { states } = await run({ k3s_endpoint: "api.example", k3s_tls_sans: ["api.example"] });

  expect(states).toEqual(["ok", "ok", "ok"]);
  expect(await textOf(b, JOIN)).toBe("server: https://api.example:6443\n");
  expect(parse(await textOf(b, "/etc/rancher/k3s/config.yaml"))).toMatchObject({
    "tls-san": ["127.0.1.2", "api.example"],
  });
});

test("a program of another version is refused before anything starts", async () => {
  const { states, told } = await run({ k3s_version: "v1.32.0+k3s1" });

  expect(states).toEqual(["failed", "failed", "failed"]);
  expect(told).toContain(`is to be k3s v1.32.0+k3s1, and says: k3s version ${VERSION}`);
});
