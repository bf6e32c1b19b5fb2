/**
 * Real ARM64 kernels, judged: Debian's from their packages, LinuxKit's from what its repository has.
 * What a plain search for each option of upstream's lists found missing is recorded beside it.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../../../core/folders";
import { AptState } from "../../../images/build/apt-state";
import { ensureBuilt } from "../../../images/build/built";
import { runCommand } from "../../../images/build/command";
import { parseKernelConfig } from "../../../images/kernel/config/parse-config";
import type { KernelConfig } from "../../../images/kernel/config/kernel-config";
import {
  CGROUP_VERSIONS,
  SET_NAMES,
  type SetName,
} from "../../../images/kernel/requirements/requirement";
import { loadCases } from "../../support/cases";
import { factsOf, namesOf } from "./kernel-of";

type ByList<T extends SetName> = Readonly<Record<T, readonly string[]>>;

interface Packaged {
  readonly suite: string;
  readonly package: string;
  /** Path in the package. */
  readonly file: string;
}

type Case = (Packaged | { readonly config: string }) & {
  /** Of what is recorded. */
  readonly source: string;
  /** Of the kernel: major and minor. */
  readonly version: string;
  /** What upstream's lists name and the config has not, whatever the kernel's version. */
  readonly recordedMissing: ByList<"docker" | "k8s" | "k3s">;
  /** Those of them that no kernel of this kind can have. */
  readonly notJudged: ByList<"docker" | "k8s" | "k3s">;
  readonly missing: ByList<SetName>;
};

// A package list is fetched where nobody did before.
jest.setTimeout(300_000);

const cases = loadCases<Case>(path.join(__dirname, "evaluated"));

test.each(cases)("judgeKernel() on $name", async (kernel) => {
  const { version, recordedMissing, notJudged, missing } = kernel;
  const config = await readConfig(kernel);

  expect(config.version).toMatch(new RegExp(`^${version.replace(".", "\\.")}\\.`));
  expect(config.architecture).toBe("arm64");
  for (const cgroup of CGROUP_VERSIONS) {
    const facts = factsOf(version, cgroup);
    for (const set of SET_NAMES) {
      const first = set === "k8s" && cgroup === 1 ? ["cgroup version"] : [];
      expect(namesOf(set, "missing", config, facts)).toEqual([...first, ...missing[set]]);
    }
    for (const set of ["docker", "k8s", "k3s"] as const) {
      expect(namesOf(set, "not-applicable", config, facts)).toEqual(
        expect.arrayContaining([...notJudged[set]]),
      );
      expect([...missing[set], ...notJudged[set]].sort()).toEqual([...recordedMissing[set]].sort());
    }
  }
});

async function readConfig(kernel: Case): Promise<KernelConfig> {
  const content =
    "config" in kernel
      ? readFileSync(path.join(__dirname, "evaluated", kernel.config))
      : await fromPackage(kernel);
  return parseKernelConfig(content, "config");
}

async function fromPackage({ suite, package: name, file }: Packaged): Promise<Buffer> {
  const context = { cacheFolder: cacheFolder(process.env), report: () => undefined };
  const apt = new AptState(context, { suite, architecture: "arm64" });
  const wanted = (await apt.resolve([name], {})).filter((it) => it.name === name);
  const build = async (folder: string): Promise<void> => {
    const [archive = ""] = await apt.download(wanted, {});
    await runCommand(["dpkg-deb", "-x", archive, folder]);
  };
  const folder = await ensureBuilt(context, { name, inputs: { wanted }, build }, {});
  return runCommand(["xz", "-dc", path.join(folder, file)]);
}
