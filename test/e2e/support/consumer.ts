/** Another repository, which installs the tarball with npm and has nothing else of this one. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { must, type Ran, run } from "./run";
import { ROOT } from "./world";

type Environment = Readonly<Record<string, string>>;

const TSC = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
/** Without skipLibCheck, so that the types of the packages are checked too, unless a test says otherwise. */
const STRICT = {
  strict: true,
  target: "es2022",
  resolveJsonModule: true,
  typeRoots: [path.join(ROOT, "node_modules", "@types")],
  types: ["node"],
};

/** See the header. */
export class Consumer {
  /** @param folder - is made, with the `package.json` that `npm init` leaves */
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.write("package.json", JSON.stringify({ name: "consumer", private: true }));
  }

  /** Writes a file. */
  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /**
   * Installs packages. No package may depend on its install script: many places forbid them.
   * @returns what npm said
   */
  install(...packages: readonly string[]): Promise<string> {
    const words = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    return must("npm", ["install", ...words, ...packages], { cwd: this.folder });
  }

  /** Runs a command of an installed package; never one from elsewhere. */
  npx(words: readonly string[], env: Environment = {}): Promise<Ran> {
    const quiet = ["--no-install", "--loglevel=error"];
    return run("npx", [...quiet, ...words], { cwd: this.folder, env });
  }

  /** Checks types and writes JavaScript into a folder. @throws with the compiler's words */
  async compile(
    outDir: string,
    options: object,
    files: readonly string[],
    rootDir = ".",
  ): Promise<void> {
    const compilerOptions = { ...STRICT, ...options, declaration: true, outDir, rootDir };
    this.write(`tsconfig.${outDir}.json`, JSON.stringify({ compilerOptions, files }));
    await must(process.execPath, [TSC, "-p", `tsconfig.${outDir}.json`], { cwd: this.folder });
  }

  /** Runs a program of this repository. @returns what it said */
  node(words: readonly string[], env: Environment = {}): Promise<string> {
    return must(process.execPath, words, { cwd: this.folder, env });
  }

  /** Terraform JSON of every stack below a folder, by the stack's name; where this repository is does not matter. */
  stacks(outdir: string): Readonly<Record<string, string>> {
    const folder = path.join(this.folder, outdir, "stacks");
    const read = (name: string): string =>
      readFileSync(path.join(folder, name, "cdk.tf.json"), "utf8").replaceAll(this.folder, ".");
    return Object.fromEntries(readdirSync(folder).map((name) => [name, read(name)]));
  }
}
