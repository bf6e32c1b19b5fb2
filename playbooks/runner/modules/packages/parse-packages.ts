/** Lists of installed packages as Ansible's facts tell them. Pure. */
import { splitParts } from "../../facts/parts";

/** Package managers that can be asked, in this order. */
export const MANAGERS = ["apt", "rpm", "apk", "pacman"] as const;

/** One version of an installed package. */
export type PackageFact = Readonly<Record<string, string | number | null>>;

/** The output of the module's script: versions by name. */
export function parsePackages(printed: string): Readonly<Record<string, readonly PackageFact[]>> {
  const parts = splitParts(printed);
  const byName = new Map<string, PackageFact[]>();
  for (const manager of MANAGERS) {
    const own = new Map<string, PackageFact[]>();
    for (const line of parts.lines(manager)) {
      const fact = READERS[manager](line);
      if (fact === undefined) continue;
      const name = String(fact.name);
      own.set(name, [...(own.get(name) ?? []), { ...fact, source: manager }]);
    }
    // A manager that comes later replaces what an earlier one said of a name.
    for (const [name, facts] of own) byName.set(name, facts);
  }
  return Object.fromEntries(byName);
}

type Reader = (line: string) => PackageFact | undefined;

const READERS: Readonly<Record<(typeof MANAGERS)[number], Reader>> = {
  apt(line) {
    const [name = "", version = "", arch = "", category = "", status] = line.split("\t");
    if (status !== "installed") return undefined;
    // Where a package comes from is known to python-apt only.
    return { name: name.replace(/:.*/, ""), version, arch, category, origin: "" };
  },
  rpm(line) {
    const [name = "", version = "", arch = "", release = "", epoch = "(none)"] = line.split("\t");
    return { name, version, arch, release, epoch: epoch === "(none)" ? null : Number(epoch) };
  },
  apk(line) {
    const [, name = line, version = "", release = ""] = /^(.+)-([^-]+)-([^-]+)$/.exec(line) ?? [];
    return { name, version, release };
  },
  pacman(line) {
    const [name = "", version = ""] = line.split(" ");
    return { name, version };
  },
};
