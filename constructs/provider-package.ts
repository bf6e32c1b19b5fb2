/**
 * Puts the Terraform provider into the stack's folder, with its lock entry, so that plain
 * `terraform init && terraform apply` works there without any CLI configuration. The provider runs
 * on Node, so its files are the same on every platform: one real copy, links for the others.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import { z } from "zod";
import { fault, UserFault } from "../core/faults";
import { writeLockEntry } from "./lock-file";
import { PROVIDER_SOURCE } from "./l1/metadata";

/** Platforms that the provider runs on, as Terraform calls them. */
const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;
/** The build's folder, seen from the build and from the sources. */
const BUILDS = [path.join(__dirname, ".."), path.join(__dirname, "..", "dist")];
const ID = "armstead-provider-package";
/** Context key: `none` for stacks whose provider comes from elsewhere, such as a registry of one's own. */
export const PROVIDER_PACKAGE_CONTEXT = "armsteadProviderPackage";

const manifestSchema = z.object({
  version: z.string().regex(/^[0-9A-Za-z.+-]+$/),
  files: z.array(z.string()).min(1),
  h1: z.string().regex(/^h1:[A-Za-z0-9+/]+=*$/),
});
type Manifest = z.output<typeof manifestSchema>;

/** See the header. */
export class ProviderPackage extends Construct {
  /** Adds the provider to a stack, once. */
  static ensure(stack: TerraformStack): void {
    if (stack.node.tryFindChild(ID) !== undefined) return;
    if (stack.node.tryGetContext(PROVIDER_PACKAGE_CONTEXT) === "none") return;
    const it = new ProviderPackage(stack, ID);
    addCustomSynthesis(it, {
      onSynthesize: ({ outdir, manifest }) => {
        writePackage(path.join(outdir, manifest.forStack(stack).workingDirectory), findBuild());
      },
    });
  }
}

/**
 * The folder of the build.
 * @throws {@link UserFault} AS1603 when there is none
 */
function findBuild(): { readonly folder: string; readonly manifest: Manifest } {
  const folder = BUILDS.find((it) => existsSync(path.join(it, "provider-manifest.json")));
  if (folder === undefined) throw new UserFault([fault("AS1603", "")]);
  const text = readFileSync(path.join(folder, "provider-manifest.json"), "utf8");
  return {
    folder: path.join(folder, "provider"),
    manifest: manifestSchema.parse(JSON.parse(text)),
  };
}

function writePackage(
  stackFolder: string,
  { folder, manifest: { version, files, h1 } }: ReturnType<typeof findBuild>,
): void {
  const address = path.join(stackFolder, "terraform.d", "plugins", PROVIDER_SOURCE, version);
  const [first, ...others] = PLATFORMS;
  const target = path.join(address, first);
  // A file too many would change the hash that the lock entry promises.
  rmSync(address, { recursive: true, force: true });
  for (const file of files) {
    mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
    cpSync(path.join(folder, file), path.join(target, file), { preserveTimestamps: false });
  }
  for (const platform of others) symlinkSync(first, path.join(address, platform));
  writeLockEntry(path.join(stackFolder, ".terraform.lock.hcl"), PROVIDER_SOURCE, version, h1);
}
