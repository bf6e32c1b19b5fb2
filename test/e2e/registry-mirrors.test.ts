/**
 * Files of mirrors, judged by those who read them: containerd, dockerd, podman and skopeo from Debian pull an image, and
 * registries on the loopback interface tell who was asked. A machine without these programs skips the tests that need them.
 */
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CONTAINERD_LINES, containerdConfig } from "../../constructs/mirrors/containerd-config";
import type { ContainerRegistry } from "./support/container-registry";
import { endpoint, MirrorWorld, SERVERS, testWith } from "./support/mirror-world";
import { must, type Ran, run, type Running, start } from "./support/run";

/** What a program said that failed; nothing of one that did its work. */
const complaint = ({ code, output }: Ran): string => (code === 0 ? "" : output);

const containerdTest = testWith([...SERVERS, "containerd", "ctr"]);
const podmanTest = testWith([...SERVERS, "podman"]);
const skopeoTest = testWith(SERVERS);
const dockerdTest = testWith([...SERVERS, "dockerd", "containerd"]);

const world = new MirrorWorld();
const { work, place, description, ca } = world;

beforeAll(() => world.start());

beforeEach(() => {
  world.forget();
});

afterAll(() => world.close());

describe("containerd", () => {
  let daemon: Running | undefined;
  let socket: string;

  beforeAll(async () => {
    if (!existsSync("/usr/bin/containerd")) return;
    const folder = mkdtempSync(path.join(work, "containerd-"));
    socket = path.join(folder, "sock");
    const config = `version = 2\nroot = "${folder}/root"\nstate = "${folder}/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\n  address = "${socket}"\n`;
    writeFileSync(path.join(folder, "config.toml"), config);
    const words = [
      "setpriv",
      "--pdeathsig",
      "TERM",
      "containerd",
      "--config",
      `${folder}/config.toml`,
    ];
    daemon = start("env", words, { cwd: folder });
    await daemon.seen(/containerd successfully booted/);
  });

  afterAll(async () => {
    daemon?.child.kill("SIGTERM");
    await daemon?.ended;
  });

  const fetch = (root: string, image: string) =>
    run(
      "ctr",
      [
        ...["--address", socket, "content", "fetch"],
        ...["--hosts-dir", path.join(root, "etc/containerd/certs.d")],
        ...["--platform", "linux/arm64", image],
      ],
      // The origin is no mirror: its certificate is a matter of the system.
      { cwd: work, env: { SSL_CERT_FILE: world.authority.certificate } },
    );

  containerdTest("asks the plain mirror, and tells which registry it means", async () => {
    const root = place(description("fallback"), "containerd");

    const ran = await fetch(root, "docker.io/library/busybox:1");

    expect(complaint(ran)).toBe("");
    expect(await world.plain.asked()).toContain(
      "HEAD /v2/library/busybox/manifests/1?ns=docker.io",
    );
  });

  containerdTest(
    "finds images below the path of a mirror, and checks its certificate",
    async () => {
      const root = place(description("only"), "containerd");

      const ran = await fetch(root, `${world.origin.host}/team/app:1`);

      expect(complaint(ran)).toBe("");
      expect((await world.secure.asked())[0]).toMatch(
        /^HEAD \/v2\/quay\/team\/app\/manifests\/1\b/,
      );
      expect(await world.origin.asked()).toEqual([]);
    },
  );

  containerdTest("falls back to the registry where it may, and only there", async () => {
    const image = `${world.origin.host}/team/origin-only:1`;

    const fallback = await fetch(place(description("fallback"), "containerd"), image);
    const wasAsked = await world.origin.asked();
    world.origin.forget();
    const only = await fetch(place(description("only"), "containerd"), image);

    expect(complaint(fallback)).toBe("");
    expect(wasAsked).not.toEqual([]);
    expect(only.code).not.toBe(0);
    expect(await world.origin.asked()).toEqual([]);
  });

  containerdTest("takes * as all registries that are not named", async () => {
    const mirrors = [
      { registry: "*", endpoints: [endpoint(world.plain.url, { mode: "only" as const })] },
    ];
    const root = place({ mirrors }, "containerd");

    const ran = await fetch(root, "registry.invalid/library/busybox:1");

    expect(complaint(ran)).toBe("");
    expect(await world.plain.asked()).toContain(
      "HEAD /v2/library/busybox/manifests/1?ns=registry.invalid",
    );
  });

  containerdTest("reads the part of config.toml that names the folder", async () => {
    const { output: version } = await run("containerd", ["--version"], { cwd: work });
    const line = / v?1\./.test(version) ? "1.x" : "2.x";
    const file = path.join(work, "config-part.toml");
    writeFileSync(file, containerdConfig(line));

    const dump = await must("containerd", ["--config", file, "config", "dump"], { cwd: work });

    expect(CONTAINERD_LINES).toContain(line);
    expect(dump).toMatch(/config_path = ['"]\/etc\/containerd\/certs\.d['"]/);
  });
});

describe("registries.conf", () => {
  const confOf = (root: string) =>
    path.join(root, "etc/containers/registries.conf.d/50-armstead.conf");
  const certificates = (root: string, { host }: ContainerRegistry) => [
    "--cert-dir",
    path.join(root, "etc/containers/certs.d", host),
  ];
  const inspect = (root: string, image: string, more: readonly string[] = []) =>
    run(
      "skopeo",
      [
        "--registries-conf",
        confOf(root),
        "--override-arch",
        "arm64",
        "inspect",
        "--no-tags",
        ...more,
        `docker://${image}`,
      ],
      { cwd: work },
    );

  skopeoTest("skopeo asks the plain mirror", async () => {
    const root = place(description("fallback"), "podman");

    const ran = await inspect(root, "docker.io/library/busybox:1");

    expect(complaint(ran)).toBe("");
    expect(await world.plain.asked()).toContain("GET /v2/library/busybox/manifests/1");
  });

  skopeoTest(
    "skopeo takes what is asked for by its old name from the place of its new one",
    async () => {
      const root = place(description("fallback"), "crio");

      const ran = await inspect(root, "ghcr.io/helm/tiller:v2.16.9");

      expect(complaint(ran)).toBe("");
      expect(await world.plain.asked()).toContain("GET /v2/stx4arm/tiller/manifests/v2.16.9");
    },
  );

  skopeoTest("skopeo never asks a registry whose mirrors are the only ones", async () => {
    const root = place(description("only"), "podman");
    const tls = certificates(root, world.secure);

    const there = await inspect(root, `${world.origin.host}/team/app:1`, tls);
    const missing = await inspect(root, `${world.origin.host}/team/origin-only:1`, tls);

    expect(complaint(there)).toBe("");
    expect(missing.code).not.toBe(0);
    expect(await world.secure.asked()).toContain("GET /v2/quay/team/app/manifests/1");
    expect(await world.origin.asked()).toEqual([]);
  });

  skopeoTest("skopeo falls back where it may", async () => {
    const root = place(description("fallback"), "podman");
    const tls = certificates(root, world.secure);

    const ran = await inspect(root, `${world.origin.host}/team/origin-only:1`, tls);

    expect(complaint(ran)).toBe("");
    expect(await world.secure.asked()).toContain("GET /v2/quay/team/origin-only/manifests/1");
    expect(await world.origin.asked()).toContain("GET /v2/team/origin-only/manifests/1");
  });

  podmanTest("podman pulls through a mirror that wants a login", async () => {
    const credentials = { username: "u", password: "p" };
    const mirror = endpoint(world.closed.url, { ca: ca(), mode: "only", credentials });
    const root = place({ mirrors: [{ registry: "quay.io", endpoints: [mirror] }] }, "podman");
    const storage = mkdtempSync(path.join(work, "storage-"));
    const where = ["--root", storage, "--runroot", `${storage}/run`, "--storage-driver", "vfs"];
    const login = ["--authfile", path.join(root, "root/.config/containers/auth.json")];
    const pull = (more: readonly string[]) =>
      run(
        "podman",
        [
          ...where,
          "pull",
          "--arch",
          "arm64",
          ...certificates(root, world.closed),
          ...more,
          "quay.io/team/app:1",
        ],
        { cwd: work, env: { CONTAINERS_REGISTRIES_CONF: confOf(root) } },
      );

    writeFileSync(path.join(work, "no-logins.json"), "{}");
    const without = await pull(["--authfile", path.join(work, "no-logins.json")]);
    const withLogin = await pull(login);

    expect(without.output).toMatch(/unauthorized|authentication required/);
    expect(complaint(withLogin)).toBe("");
    expect(await world.closed.asked()).toContain("GET /v2/team/app/manifests/1");
  });
});

describe("dockerd", () => {
  /** It mounts its folder over itself: where nobody else sees that, nothing is left. */
  const ALONE = ["--mount", "setpriv", "--pdeathsig", "TERM"];

  dockerdTest("asks the mirror of docker.io", async () => {
    const root = place(description("fallback"), "dockerd");
    const folder = mkdtempSync(path.join(work, "dockerd-"));
    const socket = path.join(folder, "sock");
    const config = path.join(root, "etc/docker/daemon.json");
    const places = ["--data-root", `${folder}/data`, "--exec-root", `${folder}/exec`];
    const quiet = [
      "--bridge=none",
      "--iptables=false",
      "--ip6tables=false",
      "--storage-driver=vfs",
    ];
    const words = [
      "dockerd",
      "--config-file",
      config,
      "-H",
      `unix://${socket}`,
      ...places,
      ...quiet,
    ];
    const daemon = start(
      "env",
      ["setpriv", "--pdeathsig", "TERM", ...words, "-p", `${folder}/pid`],
      {
        cwd: folder,
      },
    );
    try {
      await daemon.seen(/API listen on/);
      const ask = (words: readonly string[]) =>
        must("curl", ["--silent", "--unix-socket", socket, ...words], { cwd: folder });

      const info = await ask(["http://docker/info"]);
      const image = "http://docker/images/create?fromImage=busybox&tag=1&platform=linux/arm64";
      const pulled = await ask(["-X", "POST", image]);

      const { RegistryConfig } = JSON.parse(info) as { RegistryConfig: { Mirrors: string[] } };
      expect(RegistryConfig.Mirrors).toEqual([`${world.plain.url}/`]);
      expect(pulled).not.toContain("error");
      expect(await world.plain.asked()).toContain("HEAD /v2/library/busybox/manifests/1");
    } finally {
      daemon.child.kill("SIGTERM");
      await daemon.ended;
    }
  });

  dockerdTest("refuses what the table says that it cannot have", async () => {
    const file = path.join(work, "daemon.json");
    writeFileSync(file, JSON.stringify({ "registry-mirrors": [`${world.plain.url}/prefix`] }));
    const folder = mkdtempSync(path.join(work, "dockerd-"));
    const places = ["--data-root", `${folder}/data`, "--exec-root", `${folder}/exec`];

    const { code, output } = await run(
      "unshare",
      [
        ...ALONE,
        "dockerd",
        "--config-file",
        file,
        "-H",
        `unix://${folder}/sock`,
        ...places,
        "-p",
        `${folder}/pid`,
      ],
      { cwd: folder },
    );

    expect(code).not.toBe(0);
    expect(output).toMatch(/invalid mirror/);
  });
});
