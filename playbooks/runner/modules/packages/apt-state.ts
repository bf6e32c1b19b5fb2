/** What a Debian host has installed and could install, read in one round trip. */
import { splitParts, type Parts } from "../../facts/parts";
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";

/** One package that dpkg knows. */
export interface InstalledPackage {
  readonly version: string;
  /** Otherwise only its settings are left. */
  readonly installed: boolean;
}

/** What the package lists offer under one name. */
export interface Offer {
  /** The version that apt would take; undefined when it would take none. */
  readonly candidate: string | undefined;
  /** All versions, newest first; none for a name that others provide. */
  readonly versions: readonly string[];
}

/** A host's packages. */
export interface AptState {
  /** By name, and by `name:architecture`. */
  readonly installed: ReadonlyMap<string, InstalledPackage>;
  /** By name as asked. */
  readonly offers: ReadonlyMap<string, Offer>;
  /** Packages that provide a name as asked. */
  readonly providers: ReadonlyMap<string, readonly string[]>;
  /** Installed for the sake of others. */
  readonly automatic: ReadonlySet<string>;
  /** Seconds since 1970 by the host's clock: now, and when the lists were renewed (0: never). */
  readonly now: number;
  readonly updated: number;
}

/** $1: a release to prefer, or empty; then names. */
const SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
part() { echo "@@facts:$1"; }
command -v apt-get >/dev/null 2>&1 || exit 3
release=$1; shift
part now; date +%s
part updated
stat -c %Y /var/lib/apt/periodic/update-success-stamp 2>/dev/null ||
  stat -c %Y /var/lib/apt/lists 2>/dev/null || echo 0
part architecture; dpkg --print-architecture
part installed
dpkg-query -W -f '\${Package}\\t\${Architecture}\\t\${Version}\\t\${db:Status-Status}\\n' 2>/dev/null
[ $# -gt 0 ] || exit 0
part policy; apt-cache \${release:+-o "APT::Default-Release=$release"} policy -- "$@" 2>/dev/null
part providers; apt-cache showpkg -- "$@" 2>/dev/null
part automatic; apt-mark showauto 2>/dev/null
exit 0`;

/** @throws TaskFailure on a host without apt-get */
export async function readApt(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  {
    names,
    release = "",
  }: { readonly names: readonly string[]; readonly release?: string | undefined },
): Promise<AptState> {
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", release, ...names];
  const { code, stdout } = await host.query({ argv }, { signal });
  if (code !== 0) throw new TaskFailure("the host has no apt-get: use package, or its own module");
  return parseApt(stdout);
}

/** Names of all packages in the lists. */
export async function readNames({
  host,
  signal,
}: Pick<TaskContext, "host" | "signal">): Promise<string[]> {
  const { stdout } = await host.query({ argv: ["apt-cache", "pkgnames"] }, { signal });
  return stdout.split("\n").filter((it) => it !== "");
}

/** The script's output. */
function parseApt(printed: string): AptState {
  const parts = splitParts(printed);
  const [architecture = ""] = parts.lines("architecture");
  return {
    installed: parseInstalled(parts, architecture),
    offers: parseOffers(parts),
    providers: parseProviders(parts),
    automatic: new Set(parts.lines("automatic")),
    now: Number(parts.lines("now")[0]),
    updated: Number(parts.lines("updated")[0]),
  };
}

function parseInstalled(parts: Parts, own: string): Map<string, InstalledPackage> {
  const rows = parts.lines("installed").flatMap((line) => {
    const [name = "", architecture = "", version = "", status] = line.split("\t");
    if (status === "not-installed") return [];
    const installed = status === "installed";
    const entry = { version, installed };
    const isOwn = architecture === own || architecture === "all";
    const names = [...(isOwn ? [name, `${name}:${own}`] : []), `${name}:${architecture}`];
    return names.map((it) => [it, entry] as const);
  });
  return new Map(rows);
}

function parseOffers(parts: Parts): Map<string, Offer> {
  const blocks = parts.text("policy").split(/^(?=\S+:$)/m);
  return new Map(
    blocks.flatMap((block) => {
      const name = /^(\S+):\n/.exec(block)?.[1];
      if (name === undefined) return [];
      const candidate = /^ {2}Candidate: (\S+)$/m.exec(block)?.[1];
      const versions = [...block.matchAll(/^ (?:\*\*\*| {3}) (\S+) -?\d+$/gm)];
      const offer = {
        candidate: candidate === "(none)" ? undefined : candidate,
        versions: versions.map(([, it = ""]) => it),
      };
      return [[name, offer] as const];
    }),
  );
}

function parseProviders(parts: Parts): Map<string, string[]> {
  const blocks = parts.text("providers").split(/^(?=Package: )/m);
  return new Map(
    blocks.flatMap((block) => {
      const name = /^Package: (\S+)\n/.exec(block)?.[1];
      if (name === undefined) return [];
      const [, rows = ""] = block.split(/^Reverse Provides: *\n/m);
      const providers = rows
        .split("\n")
        .flatMap((it) => it.split(" ", 1))
        .filter((it) => it !== "");
      return [[name, [...new Set(providers)]] as const];
    }),
  );
}
