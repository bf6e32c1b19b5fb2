/** Registries that mirror each other, and the files by which they are found; for tests of those who read these files. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { MirrorEndpoint, RegistriesSpec } from "../../../cluster";
import type { NodeTarget } from "../../../cluster/mirror-targets";
import { fillLogins } from "../../../constructs/mirrors/login";
import { renderMirrors } from "../../../constructs/mirrors/render";
import { ContainerRegistry, LOGIN, TestAuthority } from "./container-registry";

/** What a cluster says of its registries. */
export type Registries = RegistriesSpec<MirrorEndpoint>;

/** Programs that the world itself needs. */
export const SERVERS = ["docker-registry", "skopeo", "openssl", "curl"];

/** A test that needs programs; without them it says so and is skipped. */
export function testWith(programs: readonly string[]): jest.It {
  const missing = missingOf(programs);
  const isRoot = process.getuid?.() === 0;
  if (missing.length === 0 && isRoot) return test;
  const why = missing.length > 0 ? `not installed: ${missing.join(", ")}` : "not run as root";
  process.stderr.write(`registry-mirrors: tests are skipped (${why})\n`);
  return test.skip;
}

/** An endpoint that falls back and checks certificates, but for what is given. */
export function endpoint(url: string, more: Partial<MirrorEndpoint> = {}): MirrorEndpoint {
  return { url, mode: "fallback", insecure: false, ...more };
}

/** See the header. */
export class MirrorWorld {
  readonly work = mkdtempSync(path.join(tmpdir(), "mirrors-"));
  /** Signs for all of them but the plain one. */
  authority!: TestAuthority;
  /** Is mirrored. */
  origin!: ContainerRegistry;
  /** Mirrors docker.io, by http. */
  plain!: ContainerRegistry;
  /** Mirrors the origin, below a path. */
  secure!: ContainerRegistry;
  /** Wants a login. */
  closed!: ContainerRegistry;

  /** Starts all of them, where that is possible. */
  async start(): Promise<void> {
    if (missingOf(SERVERS).length > 0) return;
    this.authority = new TestAuthority();
    [this.origin, this.plain, this.secure, this.closed] = await Promise.all([
      ContainerRegistry.start(this.authority),
      ContainerRegistry.start(),
      ContainerRegistry.start(this.authority),
      ContainerRegistry.start(this.authority, true),
    ]);
    await this.plain.push("library/busybox:1");
    await this.plain.push("stx4arm/tiller:v2.16.9");
    await this.origin.push("team/origin-only:1");
    await this.secure.push("quay/team/app:1");
    await this.closed.push("team/app:1");
  }

  /** What registries are asked counts anew. */
  forget(): void {
    for (const it of this.#started) it.forget();
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map((it) => it.close()));
    rmSync(this.work, { recursive: true, force: true });
  }

  get #started(): ContainerRegistry[] {
    const all: (ContainerRegistry | undefined)[] = [
      this.origin,
      this.plain,
      this.secure,
      this.closed,
    ];
    return all.filter((it) => it !== undefined);
  }

  /** The authority as a mirror's certificates. */
  readonly ca = () => ({
    written: "ca.pem",
    absolute: this.authority.certificate,
    pem: this.authority.pem,
  });

  /** docker.io at the plain mirror; the origin at the one with TLS. */
  readonly description = (mode: "fallback" | "only"): Registries => ({
    mirrors: [
      { registry: "docker.io", endpoints: [endpoint(this.plain.url)] },
      {
        registry: this.origin.host,
        endpoints: [endpoint(`${this.secure.url}/quay`, { ca: this.ca(), mode })],
      },
    ],
    rewrites: {
      base: "arm64-defaults",
      images: [{ from: "ghcr.io/helm/tiller:*", to: "stx4arm/tiller:*" }],
    },
  });

  /** Writes a target's files below a folder of its own, and leads paths in them there. @returns the folder */
  readonly place = (registries: Registries, target: NodeTarget): string => {
    const root = mkdtempSync(path.join(this.work, `${target}-`));
    const values = new Map([
      ["u", LOGIN.username],
      ["p", LOGIN.password],
    ]);
    for (const { path: at, content } of renderMirrors(registries, [target])) {
      const file = path.join(root, at);
      mkdirSync(path.dirname(file), { recursive: true });
      const filled = fillLogins(content, (name) => values.get(name) ?? "");
      writeFileSync(file, filled.replaceAll('"/etc/', `"${root}/etc/`));
    }
    return root;
  };
}

function missingOf(programs: readonly string[]): string[] {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return programs.filter((it) => !folders.some((at) => existsSync(path.join(at, it))));
}
