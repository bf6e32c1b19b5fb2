/**
 * A private apt state for one Debian suite and architecture, below the cache. The host's apt is
 * only asked where its archive is; nothing of it is changed, and no root is needed.
 */
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import type { CallOptions } from "../../core/bounded";
import { describeError, OuterFault } from "../../core/faults";
import type { Architecture } from "../../core/names";
import type { BuildContext } from "./built";
import { type Argv, readCommand, runCommand } from "./command";
import { withFileLock } from "./file-lock";
import { parseInstalls, type Package } from "./package-list";

/** Lists older than this are fetched anew. */
const LISTS_MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** Its time says when the lists were fetched. */
const LISTS_STAMP = "lists-fetched";

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Host settings that also hold for the private state: proxies and checks of dates. */
const INHERITED = /^Acquire::(https?|ftp|ForceIPv[46]|Check-Valid-Until|Check-Date)(::\S*)? ".+";$/;

/** Which packages. */
export interface AptSuite {
  /** Debian's codename, such as `trixie`. */
  readonly suite: string;
  readonly architecture: Architecture;
}

/** Resolves and downloads packages of one suite. */
export class AptState {
  readonly #folder: string;
  readonly #context: BuildContext;
  readonly #suite: AptSuite;

  /** Touches nothing yet. */
  constructor(context: BuildContext, suite: AptSuite) {
    this.#context = context;
    this.#suite = suite;
    this.#folder = path.join(context.cacheFolder, "apt", `${suite.suite}-${suite.architecture}`);
  }

  /**
   * The packages with all that they depend on. What was resolved less than a day ago is not
   * asked again, and an older answer serves when the archive cannot be reached.
   * @throws OuterFault AS2452 when there is neither archive nor older answer
   */
  async resolve(names: readonly string[], { signal }: CallOptions): Promise<Package[]> {
    const file = path.join(this.#folder, "resolved", `${[...names].sort().join("+")}.json`);
    const fresh = await this.#remembered(file, LISTS_MAX_AGE_MS);
    if (fresh) return fresh;
    return await this.#locked(async () => {
      try {
        await this.#refreshLists({ signal });
        const packages = parseInstalls(await this.#apt(["-s", "install", ...names], { signal }));
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, JSON.stringify(packages));
        return packages;
      } catch (error) {
        signal?.throwIfAborted();
        const old = await this.#remembered(file, Infinity);
        if (!old) throw error;
        this.#context.report(`using packages as last known: ${describeError(error)}`);
        return old;
      }
    }, signal);
  }

  /** Paths of the packages' files, in the same order; fetches what is not there yet. */
  async download(packages: readonly Package[], { signal }: CallOptions): Promise<string[]> {
    const archives = path.join(this.#folder, "archives");
    return await this.#locked(async () => {
      await mkdir(archives, { recursive: true });
      const there = new Set(await readdir(archives));
      const missing = packages.filter((it) => !there.has(it.file));
      if (missing.length > 0) await this.#fetch(missing, archives, signal);
      return packages.map((it) => path.join(archives, it.file));
    }, signal);
  }

  async #fetch(
    packages: readonly Package[],
    archives: string,
    signal?: AbortSignal,
  ): Promise<void> {
    this.#context.report(`downloading ${packages.length} packages of ${this.#suite.suite}`);
    const temporary = await mkdtemp(path.join(this.#folder, "fetch-"));
    try {
      await this.#refreshLists({ signal });
      const wanted = packages.map(({ name, version }) => `${name}=${version}`);
      await this.#apt(["-qq", "download", ...wanted], { signal, cwd: temporary });
      for (const { file } of packages) {
        await rename(path.join(temporary, file), path.join(archives, file));
      }
    } catch (error) {
      signal?.throwIfAborted();
      // The archive drops what a newer version replaces: the next attempt asks it anew.
      await this.#expire();
      throw error;
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  /** Makes all answers old, but keeps them for when the archive cannot be asked. */
  async #expire(): Promise<void> {
    await rm(path.join(this.#folder, LISTS_STAMP), { force: true });
    const answers = path.join(this.#folder, "resolved");
    for (const it of await readdir(answers).catch(() => [])) {
      await utimes(path.join(answers, it), 0, 0);
    }
  }

  async #remembered(file: string, maxAgeMs: number): Promise<Package[] | undefined> {
    const written = await stat(file).catch(() => undefined);
    if (!written || Date.now() - written.mtimeMs > maxAgeMs) return undefined;
    return JSON.parse(await readFile(file, "utf8")) as Package[];
  }

  async #locked<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return await withFileLock(path.join(this.#folder, "lock"), work, { signal });
  }

  /** The server's time stamps are on the list files, so the age of a file of our own counts. */
  async #refreshLists({ signal }: CallOptions): Promise<void> {
    const stamp = path.join(this.#folder, LISTS_STAMP);
    const fetched = await stat(stamp).catch(() => undefined);
    if (fetched && Date.now() - fetched.mtimeMs < LISTS_MAX_AGE_MS) return;
    await this.#configure({ signal });
    this.#context.report(`fetching package lists of ${this.#suite.suite}`);
    try {
      await this.#apt(["-qq", "update", "-o", "APT::Update::Error-Mode=any"], { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new OuterFault(
        "AS2452",
        { tried: [`apt-get update for ${this.#suite.suite}`] },
        { cause: error },
      );
    }
    await writeFile(stamp, "");
  }

  async #configure({ signal }: CallOptions): Promise<void> {
    for (const it of [
      "etc/parts",
      "etc/sources.d",
      "state/lists/partial",
      "cache/archives/partial",
    ]) {
      await mkdir(path.join(this.#folder, it), { recursive: true });
    }
    await writeFile(path.join(this.#folder, "state", "status"), "");
    const sources = sourcesList(this.#suite, await hostArchives({ signal }));
    await writeFile(path.join(this.#folder, "etc", "sources.list"), sources);
    const host = await readCommand(["apt-config", "dump"], { signal });
    const inherited = host.split("\n").filter((line) => INHERITED.test(line));
    const conf = [...aptConf(this.#folder, this.#suite.architecture), ...inherited, ""];
    await writeFile(path.join(this.#folder, "apt.conf"), conf.join("\n"));
  }

  async #apt(
    args: readonly string[],
    options: CallOptions & { readonly cwd?: string },
  ): Promise<string> {
    const conf = path.join(this.#folder, "apt.conf");
    const argv: Argv = ["env", "LC_ALL=C", `APT_CONFIG=${conf}`, "apt-get", ...args];
    return (await runCommand(argv, options)).toString("utf8");
  }
}

/** Archives of the host's own apt. */
interface Archives {
  readonly main: string;
  readonly security?: string | undefined;
}

async function hostArchives({ signal }: CallOptions): Promise<Archives> {
  const format = "$(LABEL)|$(REPO_URI)";
  const argv: Argv = ["apt-get", "indextargets", "--format", format, "Created-By: Packages"];
  const lines = (await readCommand(argv, { signal })).split("\n");
  const of = (label: string): string | undefined =>
    lines.find((line) => line.startsWith(`${label}|`))?.slice(label.length + 1);
  const main = of("Debian");
  if (main === undefined) {
    throw new OuterFault("AS2452", { problem: "the host's apt knows no Debian archive" });
  }
  return { main, security: of("Debian-Security") };
}

function sourcesList({ suite, architecture }: AptSuite, { main, security }: Archives): string {
  const options = `[arch=${architecture} signed-by=${KEYRING}]`;
  const lines = [
    `deb ${options} ${main} ${suite} main`,
    `deb ${options} ${main} ${suite}-updates main`,
  ];
  if (security !== undefined) lines.push(`deb ${options} ${security} ${suite}-security main`);
  return `${lines.join("\n")}\n`;
}

function aptConf(folder: string, architecture: Architecture): string[] {
  return [
    `Dir::Etc "${folder}/etc/";`,
    `Dir::Etc::main "none";`,
    `Dir::Etc::parts "parts";`,
    `Dir::Etc::sourcelist "sources.list";`,
    `Dir::Etc::sourceparts "sources.d";`,
    `Dir::Etc::preferences "none";`,
    `Dir::Etc::preferencesparts "parts";`,
    `Dir::State "${folder}/state/";`,
    `Dir::State::status "${folder}/state/status";`,
    `Dir::Cache "${folder}/cache/";`,
    `APT::Architecture "${architecture}";`,
    `APT::Architectures { "${architecture}"; };`,
    `APT::Install-Recommends "false";`,
    // Without it apt drops root for downloads, and warns when it cannot.
    `APT::Sandbox::User "";`,
    `Acquire::Languages "none";`,
    `Acquire::Retries "3";`,
  ];
}
