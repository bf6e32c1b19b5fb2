/** Debian packages as `apt-get -s install` lists them. Never runs anything. */

/** One package in one version. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Name of the file that `apt-get download` writes. */
  readonly file: string;
}

const INSTALL = /^Inst (\S+) \((\S+) .*\[(\S+)\]\)/;

/** The packages of a simulated installation. */
export function parseInstalls(output: string): Package[] {
  return output.split("\n").flatMap((line) => {
    const [, fullName, version, architecture] = INSTALL.exec(line) ?? [];
    if (fullName === undefined || version === undefined || architecture === undefined) return [];
    const name = fullName.split(":")[0] ?? fullName;
    // A colon of the version's epoch is written %3a in a file's name.
    const file = `${name}_${version.replaceAll(":", "%3a")}_${architecture}.deb`;
    return [{ name, version, file }];
  });
}
