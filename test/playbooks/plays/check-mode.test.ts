/** Plays of docker, k3s and kubeadm in check mode on hosts where nothing was ever done: they say what they would do, and do nothing. */
import { Secret } from "../../../core/secret";
import { type ModuleBench, startBench } from "../../support/module-run";
import { runShippedPlays } from "../../support/play-run";

const artifact = { url: "http://127.0.0.1:1/x", checksum: `sha256:${"0".repeat(64)}` };
const VARS = {
  kernel_requirements_of: "k3s",
  kernel_requirements: ["NAMESPACES|NAMESPACES|||"],
  kernel_config: "",
  docker_engine: "archive",
  docker_archive_url: artifact.url,
  docker_archive_checksum: artifact.checksum,
  docker_version: "27.3.1",
  docker_compose_url: artifact.url,
  docker_compose_checksum: artifact.checksum,
  docker_compose_file: Buffer.from("services: {}\n").toString("base64"),
  docker_options: [],
  docker_environment: {},
  docker_users: ["root"],
  docker_daemon_digest: "x",
  k3s_version: "v1.31.4+k3s1",
  k3s_binary_url: artifact.url,
  k3s_binary_checksum: artifact.checksum,
  k3s_images_url: "http://127.0.0.1:1/x.tar.zst",
  k3s_images_checksum: artifact.checksum,
  k3s_shared_token: "{{ secret }}",
  k3s_endpoint: "",
  k3s_tls_sans: [],
  k3s_config: {},
  k3s_server_config: {},
  kubeadm_version: "v1.35.0",
  kubeadm_programs: ["kubeadm", "kubelet", "kubectl", "runc"].map((name) => ({
    name,
    ...artifact,
    version: "v1.35.0",
  })),
  kubeadm_containerd: { ...artifact, version: "2.1.5" },
  kubeadm_cni_plugins: artifact,
  kubeadm_images: artifact,
  kubeadm_shared_token: "{{ secret }}",
  kubeadm_certificate_key: "{{ secret }}",
  kubeadm_ca_cert_hash: "",
  kubeadm_endpoint: "",
  kubeadm_pod_cidr: "10.244.0.0/16",
  kubeadm_service_cidr: "10.96.0.0/12",
  kubeadm_dns_address: "10.96.0.10",
  kubeadm_image_repository: "registry.k8s.io",
  kubeadm_pause_image: "registry.k8s.io/pause:3.10",
  kubeadm_manifest: Buffer.from("kind: List\n").toString("base64"),
};

let bench: ModuleBench;
beforeAll(async () => {
  bench = await startBench("busybox");
});
afterAll(() => bench.stop());

const LISTING = "find / -xdev -type f -not -path '/proc/*' -not -path '/run/*' | sort";

test.each(["kernel-requirements", "docker", "k3s", "kubeadm"])(
  "%s on a fresh host, in a refresh that has no secrets",
  async (play) => {
    const before = await bench.shell(LISTING);
    const address = "127.0.0.1";

    for (const role of ["control-plane", "worker"]) {
      const { hosts } = await runShippedPlays({
        plays: [play],
        hosts: { "n-0": { bench, role, address } },
        vars: {
          ...VARS,
          ...(role === "worker" ? { k3s_endpoint: "api", kubeadm_endpoint: "api:6443" } : {}),
        },
        mode: "refresh",
        secretVars: { secret: new Secret("never seen") },
      });

      expect(hosts["n-0"]?.error).toBeUndefined();
      expect(hosts["n-0"]).toMatchObject({ status: "ok", failed: 0 });
    }
    expect(await bench.shell(LISTING)).toBe(before);
  },
);
