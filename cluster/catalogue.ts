/**
 * What the format is open for: images and deployments are told to the loader by its caller, so that
 * new ones need no change here. This room knows what it must check of them, and nothing else.
 */
import type { z } from "zod";
import type { Fault } from "../core/faults";
import type { KernelVariantName, NodeRoleName } from "../core/names";
import type {
  ClusterSpec,
  ContainerRuntime,
  DeploymentSpec,
  RewriteSpec,
  RewritesSpec,
  TextFile,
} from "./config";
import type { Finding } from "./finding";

/** A family of images, as far as a cluster file can be wrong about it. */
export interface ImageOffer {
  /** `debian`. */
  readonly family: string;
  /** Whether playbooks run on its nodes; else all they are told comes with the machine. */
  readonly isReachedBySsh: boolean;
  /**
   * What hands arguments to its kernel: a boot loader that a play can tell, the deployment's own commands, or
   * the image's file or boot script, which are written elsewhere.
   */
  readonly kernelArguments: KernelArgumentsBy;
  /** The first release is the default. */
  readonly releases: ReadonlyMap<string, ReleaseOffer>;
}

/** See {@link ImageOffer}. */
export type KernelArgumentsBy = "boot-loader" | "deployment" | "image-file" | "boot-script";

/** Kernels that a release has, and what brings each to a machine; one that is missing does not exist. */
export type ReleaseOffer = ReadonlyMap<KernelVariantName, Installer>;

/**
 * `api`: the machine API, the lab's too; `metal`: the API of real machines; `lab`: the lab alone; `script`: a script of
 * iPXE's, which the file names.
 */
export type Installer = "api" | "metal" | "lab" | "script";

/** A kind of deployment, as far as a cluster file can be wrong about it. */
export interface DeploymentRules {
  /** `etcd`. */
  readonly kind: string;
  /** One sentence for the JSON Schema. */
  readonly doc: string;
  /** Roles that it gives something to do; those that are no usual ones exist in its clusters alone. */
  readonly roles: readonly NodeRoleName[];
  /** Families of images that it runs on. @default - all whose nodes playbooks run on */
  readonly families?: readonly string[];
  /**
   * What pulls the container images here. Mirrors are written for it when the cluster names no runtimes, and it is
   * among those that are named. @default - not known
   */
  readonly runtime?: ContainerRuntime;
  /** Runtimes that may be named beside `runtime`. @default - any */
  readonly otherRuntimes?: readonly ContainerRuntime[];
  /** Whether its nodes get their host names, and what they know of each other's, from its own system. @default false */
  readonly namesHosts?: boolean;
  /** Whether its own commands tell kernels their arguments, where the image leaves that to the deployment. @default false */
  readonly tunesKernels?: boolean;
  /** Keys beside `kind`. */
  readonly options: z.ZodRawShape;
  /**
   * Options that are paths of text files, and what is wrong with a file; positions are those in it.
   * A loaded cluster has the files in place of their paths. @default - none
   */
  readonly files?: Readonly<Record<string, (file: TextFile) => readonly Fault[]>>;
  /** What the schema cannot say; roles are checked already. */
  check(cluster: ClusterSpec): readonly Finding[];
  /** Container images that its nodes pull, before replacements. @default - none that it knows of */
  containerImages?(cluster: ClusterSpec): readonly string[];
}

/** What is wrong with a reference to a container image, or a rule that replaces some. */
export interface ReferenceFault {
  /** Clause that says what is wrong. */
  readonly problem: string;
  /** What to write instead. */
  readonly hint?: string;
}

/** Replacements of container images, as far as a cluster file can be wrong about them. */
export interface RewriteOffer {
  /** Names of tables; the first is the default. */
  readonly bases: readonly [string, ...string[]];
  /** Faults of the own rules, by index and key. */
  checkRules(
    table: RewritesSpec,
  ): readonly (ReferenceFault & { readonly index: number; readonly field: keyof RewriteSpec })[];
  /** The fault of one reference, once the rules were applied to it. */
  checkImage(image: string, table: RewritesSpec | undefined): ReferenceFault | undefined;
}

/** The rules of the kind that a cluster's deployment is of; undefined without a deployment. */
export function rulesOf(
  deployment: DeploymentSpec | undefined,
  { deployments }: Pick<Catalogue, "deployments">,
): DeploymentRules | undefined {
  return deployments.find(({ kind }) => kind === deployment?.kind);
}

/** Everything that a cluster file may name. */
export interface Catalogue {
  /** The first is the default. */
  readonly images: readonly [ImageOffer, ...ImageOffer[]];
  readonly deployments: readonly [DeploymentRules, ...DeploymentRules[]];
  readonly rewrites: RewriteOffer;
}
