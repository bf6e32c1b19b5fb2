/**
 * Platforms of container images, in the words of OCI indexes. Pure.
 * Source: containerd/platforms (database.go), opencontainers/image-spec image-index.md.
 */

/** A platform as an index or an image's configuration tells it. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

const ALIASES: Readonly<Record<string, Pick<Platform, "architecture" | "variant">>> = {
  aarch64: { architecture: "arm64" },
  x86_64: { architecture: "amd64" },
  "x86-64": { architecture: "amd64" },
  i386: { architecture: "386" },
  armhf: { architecture: "arm", variant: "v7" },
  armel: { architecture: "arm", variant: "v6" },
};

/** One spelling for each platform: aarch64 is arm64, and its variant v8 goes without saying. */
export function normalisePlatform(platform: Platform): Platform {
  const os = platform.os.toLowerCase();
  const given = platform.architecture.toLowerCase();
  const alias = Object.hasOwn(ALIASES, given) ? ALIASES[given] : undefined;
  const architecture = alias?.architecture ?? given;
  const variant = normaliseVariant(architecture, alias?.variant ?? platform.variant ?? "");
  return { os, architecture, ...(variant === "" ? {} : { variant }) };
}

function normaliseVariant(architecture: string, written: string): string {
  const variant = written.toLowerCase();
  if (architecture === "arm64") return variant === "8" || variant === "v8" ? "" : variant;
  if (architecture !== "arm") return architecture === "amd64" && variant === "v1" ? "" : variant;
  // 32-bit ARM without a variant means v7.
  return variant === "" ? "v7" : /^[5-8]$/.test(variant) ? `v${variant}` : variant;
}

/**
 * Whether an image runs on every ARM64 node. Stricter than containerd, which takes 32-bit images on
 * an ARM64 host, and than nodes that declare a higher variant. `unknown/unknown` is an attestation.
 */
export function isArm64(platform: Platform): boolean {
  const { os, architecture, variant } = normalisePlatform(platform);
  return os === "linux" && architecture === "arm64" && variant === undefined;
}
