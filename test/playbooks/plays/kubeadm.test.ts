/**
 * The play kubeadm on minimal hosts, with programs that are small scripts: what kubeadm is told, in which order, that it
 * is told once, and that nothing of it is left. The texts are judged by their own readers where those can run.
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

const VERSION = "v1.34.2";
const TOKEN = "abcdef.0123456789abcdef";
const KEY = "0123456789abcdef".repeat(4);
const service = (name: string, version: string) => `#!/bin/sh
if [ "$1" = --version ]; then echo "${version}"; exit; fi
echo "${name}" >>/root/calls
while :; do sleep 1 & wait $!; done
`;
const KUBEADM = (version: string) => `#!/bin/sh
if [ "$1" = version ]; then echo ${version}; exit; fi
echo "kubeadm $*" >>/root/calls
case "$1 $2" in
"init phase" | "upgrade"*) exit ;;
init*) touch /etc/kubernetes/admin.conf ;;
join*) grep -q controlPlane: /run/armstead/kubeadm.yaml && touch /etc/kubernetes/admin.conf ;;
esac
cp /run/armstead/kubeadm.yaml /root/told
touch /etc/kubernetes/kubelet.conf
`;
const KUBECTL = `#!/bin/sh
case "$*" in
*"get nodes"*) cat /root/members ;;
*apply*) echo "kubectl $*" >>/root/calls ;;
esac
`;

let benches: Trio;
let sums: Readonly<Record<string, string>>;

beforeAll(async () => {
  benches = await startTrio();
  for (const it of benches) sums = await prepare(it);
});

afterAll(() => Promise.all(benches.map((it) => it.stop())));

async function prepare(bench: ModuleBench) {
  await writePrograms(bench, {
    "/srv/kubeadm": KUBEADM(VERSION),
    "/srv/kubeadm-next": KUBEADM("v1.34.3"),
    "/srv/kubelet": service("kubelet", `Kubernetes ${VERSION}`),
    "/srv/kubectl": KUBECTL,
    "/srv/runc": "#!/bin/sh\n",
    "/make/bin/containerd": service(
      "containerd",
      "containerd github.com/containerd/containerd v2.1.5 0",
    ),
    "/make/bin/ctr": '#!/bin/sh\necho "ctr $*" >>/root/calls\n',
    "/make/loopback": "#!/bin/sh\n",
    "/srv/images.tar": "images\n",
  });
  // The same bytes on every host.
  await bench.shell(`cd /make; find . -exec touch -d "2026-01-01 00:00:00" {} +; tar -czf /srv/containerd.tgz bin; tar -czf /srv/cni.tgz ./loopback
    touch /root/calls; printf 'node/c-0\\nnode/c-1\\n' >/root/members`);
  return serve(bench, "/srv", 8001);
}

function from(file: string) {
  return { url: `http://127.0.0.1:8001/${file}`, checksum: sums[file] };
}

const run = (more: object = {}, mode: PlayRun["mode"] = "apply") =>
  runOnTrio(benches, {
    plays: ["kubeadm"],
    vars: {
      kubeadm_version: VERSION,
      kubeadm_programs: [
        { name: "kubeadm", ...from("kubeadm"), version: VERSION },
        { name: "kubelet", ...from("kubelet"), version: VERSION },
        { name: "kubectl", ...from("kubectl"), version: VERSION },
        { name: "runc", ...from("runc"), version: "" },
      ],
      kubeadm_containerd: { ...from("containerd.tgz"), version: "2.1.5" },
      kubeadm_cni_plugins: from("cni.tgz"),
      kubeadm_images: from("images.tar"),
      kubeadm_shared_token: "{{ join_token }}",
      kubeadm_certificate_key: "{{ certificate_key }}",
      kubeadm_ca_cert_hash: "",
      kubeadm_endpoint: "api.example:6443",
      kubeadm_pod_cidr: "10.244.0.0/16",
      kubeadm_service_cidr: "10.96.0.0/12",
      kubeadm_dns_address: "10.96.0.10",
      kubeadm_image_repository: "registry.k8s.io",
      kubeadm_pause_image: "registry.k8s.io/pause:3.10",
      kubeadm_manifest: Buffer.from("kind: List\n").toString("base64"),
      kubeadm_prepares_kernel: false,
      ...more,
    },
    secretVars: { join_token: new Secret(TOKEN), certificate_key: new Secret(KEY) },
    mode,
  });

const calls = async (bench: ModuleBench) => {
  const text = await bench.shell("cat /root/calls; rm /root/calls; touch /root/calls");
  // Supervised services start in their own time.
  return text
    .trim()
    .split("\n")
    .filter((it) => /^(kubeadm|kubectl|ctr) /.test(it));
};
const toldTo = async (bench: ModuleBench) =>
  (await bench.shell("cat /root/told")).split("\n---\n").map((it): unknown => parse(it));
const config = ["--config", "/run/armstead/kubeadm.yaml"].join(" ");

test("the first founds, the next joins as control plane, then workers join", async () => {
  const { states, told, errors } = await run();
  expect(errors).toEqual([undefined, undefined, undefined]);
  const [a, b, c] = benches;

  expect(states).toEqual(["ok", "ok", "ok"]);
  expect(await calls(a)).toEqual([
    "ctr --namespace k8s.io images import /var/cache/armstead/images.tar",
    `kubeadm init ${config} --upload-certs`,
    "kubectl --kubeconfig=/etc/kubernetes/admin.conf apply --server-side --force-conflicts --filename /etc/armstead/manifest.yaml",
  ]);
  expect(await calls(b)).toContain(`kubeadm join ${config}`);
  expect(await calls(c)).toContain(`kubeadm join ${config}`);
  const order = [
    ...told.matchAll(
      /"task":"(Control plane is (?:founded|joined)|Worker joins)"[^}]*"host":"([^"]+)","status":"changed"/g,
    ),
  ];
  expect(order.map(([, task, host]) => `${host} ${task}`)).toEqual([
    "c-0 Control plane is founded",
    "c-1 Control plane is joined",
    "w-0 Worker joins",
  ]);
});

test("kubeadm is told what belongs to each node, in v1beta4", async () => {
  const [a, b, c] = benches;
  const [init, cluster, kubelet] = await toldTo(a);
  const [second] = await toldTo(b);
  const [worker] = await toldTo(c);
  const registration = (name: string, address: string) => ({
    name,
    criSocket: "unix:///run/containerd/containerd.sock",
    kubeletExtraArgs: [{ name: "node-ip", value: address }],
  });

  expect(init).toEqual({
    apiVersion: "kubeadm.k8s.io/v1beta4",
    kind: "InitConfiguration",
    bootstrapTokens: [
      { token: TOKEN, ttl: "0s", groups: ["system:bootstrappers:kubeadm:default-node-token"] },
    ],
    certificateKey: KEY,
    localAPIEndpoint: { advertiseAddress: "127.0.1.1", bindPort: 6443 },
    nodeRegistration: registration("c-0", "127.0.1.1"),
  });
  expect(cluster).toEqual({
    apiVersion: "kubeadm.k8s.io/v1beta4",
    kind: "ClusterConfiguration",
    clusterName: "edge",
    kubernetesVersion: VERSION,
    controlPlaneEndpoint: "api.example:6443",
    imageRepository: "registry.k8s.io",
    networking: {
      podSubnet: "10.244.0.0/16",
      serviceSubnet: "10.96.0.0/12",
      dnsDomain: "cluster.local",
    },
    apiServer: { certSANs: ["127.0.1.1"] },
  });
  expect(kubelet).toMatchObject({ cgroupDriver: "cgroupfs", clusterDNS: ["10.96.0.10"] });
  const discovery = {
    bootstrapToken: {
      apiServerEndpoint: "api.example:6443",
      token: TOKEN,
      unsafeSkipCAVerification: true,
    },
  };
  const join = { apiVersion: "kubeadm.k8s.io/v1beta4", kind: "JoinConfiguration", discovery };
  expect(second).toEqual({
    ...join,
    controlPlane: {
      localAPIEndpoint: { advertiseAddress: "127.0.1.2", bindPort: 6443 },
      certificateKey: KEY,
    },
    nodeRegistration: registration("c-1", "127.0.1.2"),
  });
  expect(worker).toEqual({ ...join, nodeRegistration: registration("w-0", "127.0.1.3") });
});

test("nothing of what kubeadm was told is left, and no event shows it", async () => {
  const { told } = await run();

  for (const it of benches) {
    expect(
      await it.shell(
        `find /etc /run /var /usr/local -type f -exec grep -lF -e ${TOKEN} -e ${KEY} {} + || true`,
      ),
    ).toBe("");
  }
  expect(told).not.toContain(TOKEN);
  expect(told).not.toContain(KEY);
});

test("containerd and the kubelet agree on control groups, and the pause image is pinned", async () => {
  const text = await benches[2].shell("cat /etc/containerd/config.toml");

  expect(text).toContain("SystemdCgroup = false");
  expect(text).toContain('sandbox = "registry.k8s.io/pause:3.10"');
  expect(text).toMatch(/^version = 3\n/);
});

test("a second run, and a refresh, change nothing", async () => {
  for (const it of benches) await calls(it);

  const again = await run();
  const refreshed = await run({}, "refresh");

  expect(again).toMatchObject({ states: ["ok", "ok", "ok"], changed: [0, 0, 0] });
  expect(refreshed).toMatchObject({ states: ["ok", "ok", "ok"], changed: [0, 0, 0] });
  expect(await calls(benches[1])).toEqual([]);
});

test("a control-plane node that is still to come finds shared certificates", async () => {
  const [a, b] = benches;
  for (const it of benches) await calls(it);
  await b.shell("rm /etc/kubernetes/*.conf");
  await a.shell("echo node/c-0 >/root/members");

  const { states } = await run({ kubeadm_ca_cert_hash: `sha256:${"0".repeat(64)}` });

  expect(states).toEqual(["ok", "ok", "ok"]);
  expect(await calls(a)).toContain(`kubeadm init phase upload-certs --upload-certs ${config}`);
  expect(await calls(b)).toContain(`kubeadm join ${config}`);
  expect(await toldTo(b)).toMatchObject([
    { discovery: { bootstrapToken: { caCertHashes: [`sha256:${"0".repeat(64)}`] } } },
  ]);
});

test("another version upgrades the first, then the others, and founds nothing", async () => {
  await benches[0].shell("printf 'node/c-0\\nnode/c-1\\n' >/root/members");
  const programs = (version: string, file: string) => [
    { name: "kubeadm", ...from(file), version },
    { name: "kubelet", ...from("kubelet"), version: VERSION },
    { name: "kubectl", ...from("kubectl"), version },
    { name: "runc", ...from("runc"), version: "" },
  ];

  const { states } = await run({
    kubeadm_version: "v1.34.3",
    kubeadm_programs: programs("v1.34.3", "kubeadm-next"),
  });

  expect(states).toEqual(["ok", "ok", "ok"]);
  const made = await Promise.all(benches.map(calls));
  expect(made.map((it) => it.filter((line) => line.startsWith("kubeadm")))).toEqual([
    ["kubeadm upgrade apply --yes v1.34.3"],
    ["kubeadm upgrade node"],
    ["kubeadm upgrade node"],
  ]);
});

test("a first node that was made anew joins those who answer, and founds nothing", async () => {
  const [a] = benches;
  await calls(a);
  await a.shell("rm /etc/kubernetes/*.conf; busybox httpd -p 127.0.1.2:6443 -h /srv");

  const { states } = await run(current());

  expect(states).toEqual(["ok", "ok", "ok"]);
  expect(await calls(a)).toContain(`kubeadm join ${config}`);
});

/** What the hosts have since the version before the last test. */
function current() {
  return {
    kubeadm_version: "v1.34.3",
    kubeadm_programs: [
      { name: "kubeadm", ...from("kubeadm-next"), version: "v1.34.3" },
      { name: "kubelet", ...from("kubelet"), version: VERSION },
      { name: "kubectl", ...from("kubectl"), version: "v1.34.3" },
      { name: "runc", ...from("runc"), version: "" },
    ],
  };
}
