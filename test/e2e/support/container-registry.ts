/**
 * Container registries on the loopback interface, by Debian's docker-registry: plain, or with TLS and a login. Each
 * tells what it was asked for. A registry ends with the process that started it.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { must, type Running, start } from "./run";

const WITH_PARENT = ["setpriv", "--pdeathsig", "KILL"];
/** Of a login's password; bcrypt, as docker-registry takes no other. */
const PASSWORD_HASH = "$2b$04$4byS3hdYT3KXywexhAgUOOTbYcSWASmzURhlEyq73a2dchs1BoBbO";

/** The login of registries that want one. */
export const LOGIN = { username: "puller", password: 's3cret "quoted" $x' };

/** Who gives the tokens that a registry takes, in the words of its configuration. */
export interface TokenAuthority {
  /** URL that gives them. */
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** File with the certificate that they are checked against. */
  readonly rootcertbundle: string;
}

/** A certificate authority for 127.0.0.1 alone; it signs itself. */
export class TestAuthority {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "ca-"));
  readonly key = path.join(this.#folder, "key.pem");
  readonly certificate = path.join(this.#folder, "ca.crt");

  constructor() {
    const names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const files = ["-keyout", this.key, "-out", this.certificate];
    execFileSync("openssl", ["req", "-x509", "-days", "2", ...key, ...names, ...files], {
      stdio: "ignore",
    });
  }

  /** Folder with `ca.crt` in it. */
  get folder(): string {
    return this.#folder;
  }

  get pem(): string {
    return readFileSync(this.certificate, "utf8");
  }
}

/** See the header. */
export class ContainerRegistry {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "registry-"));
  readonly #running: Running;
  #output = "";
  #host = "";
  #markers = 0;

  private constructor(
    private readonly authority: TestAuthority | undefined,
    private readonly login: boolean,
    token: TokenAuthority | undefined,
  ) {
    const file = path.join(this.#folder, "config.yml");
    const htpasswd = path.join(this.#folder, "htpasswd");
    writeFileSync(htpasswd, `${LOGIN.username}:${PASSWORD_HASH}\n`);
    const tls = authority && { certificate: authority.certificate, key: authority.key };
    const config = {
      version: "0.1",
      log: { level: "info" },
      storage: { filesystem: { rootdirectory: path.join(this.#folder, "data") } },
      http: { addr: "127.0.0.1:0", ...(tls ? { tls } : {}) },
      ...(login ? { auth: { htpasswd: { realm: "test", path: htpasswd } } } : {}),
      ...(token ? { auth: { token } } : {}),
    };
    writeFileSync(file, JSON.stringify(config));
    this.#running = start(
      "env",
      [...WITH_PARENT, "docker-registry", "serve", file],
      // Only what is below matters; the rest of the environment could name other settings.
      { cwd: this.#folder, env: { OTEL_TRACES_EXPORTER: "none" } },
    );
    this.#running.child.stdout?.on("data", (text: string) => (this.#output += text));
    this.#running.child.stderr?.on("data", (text: string) => (this.#output += text));
  }

  /** Starts one; with an authority it speaks TLS. */
  static async start(
    authority?: TestAuthority,
    login = false,
    token?: TokenAuthority,
  ): Promise<ContainerRegistry> {
    const it = new ContainerRegistry(authority, login, token);
    await it.#running.seen(/listening on 127\.0\.0\.1:\d+/);
    it.#host = /listening on (127\.0\.0\.1:\d+)/.exec(it.#output)?.[1] ?? "";
    return it;
  }

  /** `127.0.0.1:5000`. */
  get host(): string {
    return this.#host;
  }

  /** Without a slash at its end. */
  get url(): string {
    return `${this.authority ? "https" : "http"}://${this.#host}`;
  }

  /**
   * Puts a small image here.
   * @param name - `team/app:1`
   * @param architectures - what its index has; one alone gives an image without an index
   */
  async push(name: string, architectures: readonly string[] = ["arm64", "amd64"]): Promise<void> {
    const layout = makeLayout(mkdtempSync(path.join(this.#folder, "layout-")), architectures);
    const tls = this.authority
      ? ["--dest-cert-dir", this.authority.folder]
      : ["--dest-tls-verify=false"];
    const login = this.login ? ["--dest-creds", `${LOGIN.username}:${LOGIN.password}`] : [];
    const to = `docker://${this.#host}/${name}`;
    await must("skopeo", ["copy", "--all", ...tls, ...login, `oci:${layout}:one`, to], {
      cwd: this.#folder,
    });
    this.forget();
  }

  /** What was asked for since the start, or since {@link forget}: `HEAD /v2/team/app/manifests/1?ns=quay.io`. */
  async asked(): Promise<string[]> {
    // Whatever came before this request is in the log once this one is.
    this.#markers += 1;
    const marker = `/v2/marker-${this.#markers}/tags/list`;
    const tls = this.authority ? ["--cacert", this.authority.certificate] : [];
    execFileSync("curl", ["--silent", ...tls, `${this.url}${marker}`]);
    await this.#running.seen(new RegExp(`"GET ${marker} `));
    const lines = this.#output.matchAll(/"([A-Z]+ \S+) HTTP\/[\d.]+"/g);
    return [...lines].map(([, it = ""]) => it).filter((it) => !it.includes("/v2/marker-"));
  }

  /** Starts {@link asked} anew. */
  forget(): void {
    this.#output = "";
  }

  async close(): Promise<void> {
    this.#running.child.kill("SIGKILL");
    await this.#running.ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** An image in the OCI layout: an index of some platforms, or a manifest of one, with an empty layer each. */
function makeLayout(folder: string, architectures: readonly string[]): string {
  const blobs = path.join(folder, "blobs", "sha256");
  mkdirSync(blobs, { recursive: true });
  const put = (mediaType: string, content: string | Uint8Array) => {
    const hex = createHash("sha256").update(content).digest("hex");
    writeFileSync(path.join(blobs, hex), content);
    return { mediaType, digest: `sha256:${hex}`, size: content.length };
  };
  const oci = "application/vnd.oci.image";
  // Two blocks of zeros are a whole tar archive.
  const layer = put(`${oci}.layer.v1.tar`, new Uint8Array(1024));
  const manifests = architectures.map((architecture) => {
    const rootfs = { type: "layers", diff_ids: [layer.digest] };
    const config = JSON.stringify({ architecture, os: "linux", config: {}, rootfs });
    const manifest = {
      schemaVersion: 2,
      mediaType: `${oci}.manifest.v1+json`,
      config: put(`${oci}.config.v1+json`, config),
      layers: [layer],
    };
    const platform = { os: "linux", architecture };
    return { ...put(manifest.mediaType, JSON.stringify(manifest)), platform };
  });
  const type = `${oci}.index.v1+json`;
  const [only] = manifests;
  const index =
    manifests.length === 1 && only
      ? only
      : put(type, JSON.stringify({ schemaVersion: 2, mediaType: type, manifests }));
  const named = { ...index, annotations: { "org.opencontainers.image.ref.name": "one" } };
  writeFileSync(path.join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(
    path.join(folder, "index.json"),
    JSON.stringify({ schemaVersion: 2, manifests: [named] }),
  );
  return folder;
}
