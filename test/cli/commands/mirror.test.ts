/** `armstead mirror`: files on stdout or below a folder, and the commands that fill mirrors. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { clusterFolder, clusterText } from "../../support/cluster-folder";
import { runHere } from "../../support/command-line";

const PLAIN = `registries:
  mirrors:
    - { registry: docker.io, endpoints: [{ url: "https://m.example", ca: ./ca.pem }] }
    - { registry: quay.io, endpoints: [{ url: "http://m.example:5000/quay" }] }
  images: [quay.io/coreos/etcd:v3, busybox, "busybox:latest", ghcr.io/helm/tiller:v2.16.9, gcr.io/a/b:1]
  rewrites: arm64-defaults
`;
const LOGIN = `bootstrap: { secretVars: [u, p] }
registries:
  runtimes: [k3s, podman]
  mirrors:
    - registry: quay.io
      endpoints: [{ url: "https://m.example", credentials: { username: u, password: p } }]
`;
const folderOf = (more: string): string => clusterFolder(clusterText(more));

test("mirror render shows the files of the cluster's runtimes, and says what else they need", async () => {
  const { code, stdout, stderr } = await runHere(["mirror", "render", "cluster.yaml"], {
    folder: folderOf(PLAIN),
  });

  const files = stdout.match(/^# \/.*/gm);
  expect(code).toBe(0);
  expect(files).toEqual([
    "# /etc/containerd/certs.d/docker.io/ca-0.pem",
    "# /etc/containerd/certs.d/docker.io/hosts.toml",
    "# /etc/containerd/certs.d/quay.io/hosts.toml",
    "# /etc/docker/certs.d/m.example/ca.crt",
    "# /etc/docker/daemon.json",
  ]);
  expect(stderr).toContain('[plugins."io.containerd.cri.v1.images".registry]');
});

test("mirror render refuses what the named target cannot express, and names those that can", async () => {
  const words = ["mirror", "render", "cluster.yaml", "--target", "dockerd", "starlingx"];

  const { code, stdout, stderr } = await runHere(words, { folder: folderOf(PLAIN) });

  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(
    'AS1223  mirror "quay.io": dockerd cannot express a mirror of another registry than docker.io for quay.io, as it mirrors docker.io only (these can: containerd, podman, crio, k3s, starlingx): "quay.io"',
  );
  expect(stderr).toContain("starlingx cannot express mode fallback for docker.io");
});

test("mirror render does not know other targets, and says which there are", async () => {
  const words = ["mirror", "render", "cluster.yaml", "--target", "podmann"];

  const { code, stderr } = await runHere(words, { folder: folderOf(PLAIN) });

  expect(code).toBe(2);
  expect(stderr).toContain("containerd, dockerd, podman, crio, k3s, starlingx");
});

test("mirror render --out writes logins for their owner only; they show nowhere else", async () => {
  const folder = folderOf(LOGIN);
  const password = `p"'$: {{ x }} %`;
  const environment = { TF_VAR_u: "me", TF_VAR_p: password };
  const words = ["mirror", "render", "cluster.yaml"];

  const shown = await runHere(words, { folder, environment });
  const written = await runHere([...words, "--out", "out"], { folder, environment });

  const file = path.join(folder, "out/etc/rancher/k3s/registries.yaml");
  const auth = path.join(folder, "out/root/.config/containers/auth.json");
  const { configs } = parse(readFileSync(file, "utf8")) as { configs: object };
  expect([shown.code, written.code]).toEqual([0, 0]);
  expect(configs).toEqual({ "m.example": { auth: { username: "me", password } } });
  expect(JSON.parse(readFileSync(auth, "utf8"))).toEqual({
    auths: { "m.example": { auth: Buffer.from(`me:${password}`).toString("base64") } },
  });
  expect([file, auth].map((it) => statSync(it).mode & 0o777)).toEqual([0o600, 0o600]);
  expect(JSON.stringify([shown, written])).not.toContain("{{ x }}");
  expect(written.stdout).toContain("3 files below out");
});

test("mirror render --out names every variable that is not there, and writes nothing", async () => {
  const folder = folderOf(LOGIN);

  const { code, stderr } = await runHere(["mirror", "render", "cluster.yaml", "--out", "out"], {
    folder,
    environment: { TF_VAR_p: "" },
  });

  expect(code).toBe(1);
  expect(stderr.match(/AS1230 .*/g)).toEqual([
    expect.stringContaining('"TF_VAR_u"') as string,
    expect.stringContaining('"TF_VAR_p"') as string,
  ]);
  expect(() => statSync(path.join(folder, "out"))).toThrow("ENOENT");
});

test("mirror render --out says which place cannot be written", async () => {
  const folder = folderOf(PLAIN);
  writeFileSync(path.join(folder, "taken"), "");

  const { code, stderr } = await runHere(["mirror", "render", "cluster.yaml", "--out", "taken"], {
    folder,
  });

  expect(code).toBe(1);
  expect(stderr).toContain("AS1002");
  expect(stderr).toContain("ENOTDIR");
});

test("mirror sync prints the plan and the commands: each image once, by the name that is pulled", async () => {
  const { code, stdout, stderr } = await runHere(["mirror", "sync", "cluster.yaml"], {
    folder: folderOf(PLAIN),
  });

  const lines = stdout.split("\n").filter((it) => it.startsWith("skopeo"));
  expect(code).toBe(0);
  expect(lines).toEqual([
    "skopeo sync --all --preserve-digests --src yaml --dest docker --dest-tls-verify=false /dev/stdin m.example:5000/quay/coreos <<'END_OF_PLAN'",
    `skopeo sync --all --preserve-digests --src yaml --dest docker --dest-cert-dir "$work/m.example" /dev/stdin m.example/library <<'END_OF_PLAN'`,
    `skopeo sync --all --preserve-digests --src yaml --dest docker --dest-cert-dir "$work/m.example" /dev/stdin m.example/stx4arm <<'END_OF_PLAN'`,
  ]);
  expect(stdout).toContain('"docker.io":\n  "images":\n    "stx4arm/tiller":\n      - "v2.16.9"\n');
  expect(stderr).toBe("no mirror of its registry: gcr.io/a/b:1\n");
});

test("mirror sync says that there is nothing to copy", async () => {
  const answer = await runHere(["mirror", "sync", "cluster.yaml"], { folder: folderOf(LOGIN) });

  expect(answer).toEqual({
    code: 0,
    stdout: "\n",
    stderr: "nothing to copy: registries.images names no image that is mirrored\n",
  });
});

test("mirror sync refuses two images that would have one place", async () => {
  const more = `registries:
  mirrors: [{ registry: "*", endpoints: [{ url: "https://m.example" }] }]
  images: [quay.io/a/b:1, gcr.io/a/b:1]
`;

  const { code, stderr } = await runHere(["mirror", "sync", "cluster.yaml"], {
    folder: folderOf(more),
  });

  expect(code).toBe(1);
  expect(stderr).toContain("AS1231");
  expect(stderr).toContain("gcr.io/a/b:1, quay.io/a/b:1");
});
