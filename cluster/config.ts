/**
 * A cluster file's content as typed values. `ClusterSpec` is what was written, checked and with
 * defaults; `ClusterConfig` besides has the content of every file that it refers to.
 */
import type { KernelVariantName, NodeRoleName } from "../core/names";
import type { KernelTuning } from "./tuning";
import type { AGENT } from "./agent";
import type { NodeTarget } from "./mirror-targets";

/** Whether a registry is still asked when its mirrors do not answer. */
export type MirrorMode = "fallback" | "only";
/** Container runtimes, and what stands for one: what mirrors are rendered for on nodes. */
export type ContainerRuntime = NodeTarget;
/** How far a refresh looks for drift on the nodes. */
export type DriftMode = "full" | "fast" | "off";

/** Where devices come from: a Packet-style API. */
export interface MetalSpec {
  /** `lab`, or the API's URL. */
  readonly endpoint: string;
  readonly dialect: "packet";
  /** Name of the project. */
  readonly project: string;
  /** Whether the project is made with the cluster, and removed with it. */
  readonly createProject: boolean;
  /** Code of the metro: `da`. */
  readonly metro: string;
  /** Device plans, tried in this order when one is sold out. */
  readonly capacity: readonly string[];
}

/** How nodes are reached. */
export interface AccessSpec {
  /** User that logs in by SSH. */
  readonly user: string;
  /** Paths of public keys. */
  readonly sshKeys: readonly string[];
  /** Path of the private key, or `agent`. Undefined: the first public key's path without `.pub`. */
  readonly privateKey?: string | undefined;
  /** Port of sshd. */
  readonly port: number;
  /** Whether the keys are added to the project; else it has them. */
  readonly createKeys: boolean;
  /** Undefined: nodes are reached straight. */
  readonly bastion?: BastionSpec | undefined;
}

/** A machine through which nodes are reached. */
export interface BastionSpec<K = string> {
  /** Name or IP address. */
  readonly address: string;
  readonly port: number;
  /** User that logs in there. */
  readonly user: string;
  /** Allowed host keys, OpenSSH lines. */
  readonly hostKeys: readonly string[];
  /** Path of the private key for it, or `agent`. Undefined: the nodes' key. */
  readonly privateKey?: K | undefined;
}

/** What nodes boot. */
export interface ImageSpec {
  readonly family: string;
  readonly release: string;
  /** URL of the iPXE script that boots it. Undefined: the API installs it. */
  readonly ipxe?: string | undefined;
}

/** Nodes of one role, image, kernel and device plan. */
export interface PoolSpec {
  readonly name: string;
  readonly role: NodeRoleName;
  /** Exactly one of count and names is given. */
  readonly count?: number | undefined;
  readonly names?: readonly string[] | undefined;
  readonly devicePlan?: string | undefined;
  readonly kernel?: KernelVariantName | undefined;
  readonly image?: ImageSpec | undefined;
  /** What the kernel is told at boot. */
  readonly tuning?: KernelTuning | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** One place that a registry is mirrored at. */
export interface MirrorEndpointSpec {
  readonly url: string;
  readonly mode: MirrorMode;
  /** Path of a file with PEM certificates. */
  readonly ca?: string | undefined;
  /** Whether the certificate goes unchecked. */
  readonly insecure: boolean;
  /** Names of the login; the login itself is never in a cluster. */
  readonly credentials?: CredentialsSpec | undefined;
}

/** Names of secret variables that hold a login. */
export interface CredentialsSpec {
  readonly username: string;
  readonly password: string;
}

/** A replacement of container images: `a/b:1`, `a/b:*` or `registry/*` on both sides. */
export interface RewriteSpec {
  readonly from: string;
  readonly to: string;
}

/** Replacements: a table that the catalogue has, and rules that win over it. */
export interface RewritesSpec {
  readonly base: string;
  readonly images: readonly RewriteSpec[];
}

/** The mirrors of one registry, in the order in which they are asked. */
export interface MirrorSpec<E = MirrorEndpointSpec> {
  /** `docker.io`, `registry.example:5000`, or `*` for all others. */
  readonly registry: string;
  readonly endpoints: readonly E[];
}

/** Mirrors, and what they are written for. */
export interface RegistriesSpec<E = MirrorEndpointSpec> {
  readonly mirrors: readonly MirrorSpec<E>[];
  /** Undefined: containerd and dockerd, each with what it can express. */
  readonly runtimes?: readonly ContainerRuntime[] | undefined;
  /** Undefined: no image is replaced. */
  readonly rewrites?: RewritesSpec | undefined;
  /** Container images that the mirrors are to hold. */
  readonly images?: readonly string[] | undefined;
  /** Whether a plan asks registries for linux/arm64 of every container image. @default false */
  readonly verify?: boolean | undefined;
}

/** What the roles become together; keys beside `kind` are the deployment's own. */
export interface DeploymentSpec {
  readonly kind: string;
  readonly [option: string]: unknown;
}

/** Plays of the user's own. */
export interface BootstrapSpec<P = string> {
  /** Playbooks, run in this order after the deployment's own. */
  readonly plays: readonly P[];
  /** Variables of every node. */
  readonly vars: Readonly<Record<string, unknown>>;
  /** Names of variables that are stored nowhere. */
  readonly secretVars: readonly string[];
  /** Told apart by it: the secrets before and after a change. */
  readonly secretVarsVersion?: number | undefined;
  /** Labels of vaults whose passwords are given, and stored nowhere. */
  readonly vaultPasswords?: readonly string[] | undefined;
  /** Nodes at work at the same time. */
  readonly forks?: number | undefined;
  readonly drift?: DriftMode | undefined;
  /** Playbooks that run before the nodes are destroyed, with the inputs of the last apply. */
  readonly destroyPlays?: readonly P[] | undefined;
  /** @default armstead */
  readonly runner?: PlayRunner | undefined;
  /** @default provider */
  readonly via?: BootstrapVia | undefined;
}

/** What runs plays: Armstead itself, or an ansible-playbook beside Terraform. */
export type PlayRunner = "armstead" | "ansible";
/** Which resource runs plays: `armstead_playbook`, or a `null_resource` that calls the command. */
export type BootstrapVia = "provider" | "null-provider";

/** See the header. */
export interface ClusterSpec {
  readonly apiVersion: "armstead/v1";
  readonly kind: "Cluster";
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly substrate: { readonly metal: MetalSpec };
  readonly access: AccessSpec;
  readonly image: ImageSpec;
  readonly kernel: KernelVariantName;
  readonly pools: readonly PoolSpec[];
  readonly registries: RegistriesSpec;
  readonly deployment?: DeploymentSpec | undefined;
  readonly bootstrap: BootstrapSpec;
}

/** Where a file is: as the user wrote it, and for reading. */
export interface FileReference {
  /** `~/.ssh/id_ed25519.pub`, `./ca.pem`. */
  readonly written: string;
  /** Absolute path. */
  readonly absolute: string;
}

/** A text file that an option of a deployment names. */
export interface TextFile extends FileReference {
  readonly content: string;
}

/** A public SSH key. */
export interface PublicKey extends FileReference {
  /** Type and key in OpenSSH's format, without the comment: it may name a person or machine. */
  readonly line: string;
}

/** Certificates that a mirror is checked against. */
export interface CertificateFile extends FileReference {
  /** PEM blocks and nothing else. */
  readonly pem: string;
}

/** A playbook and the files that travel with it. */
export interface PlaybookFile extends FileReference {
  /** YAML. */
  readonly content: string;
  /** Content by path relative to the playbook's folder: what lies in files/, templates/ and tasks/. */
  readonly files: Readonly<Record<string, string>>;
}

/** A mirror's endpoint with its certificates. */
export type MirrorEndpoint = Omit<MirrorEndpointSpec, "ca"> & {
  readonly ca?: CertificateFile | undefined;
};

/** A registry's mirrors with their certificates. */
export type Mirror = MirrorSpec<MirrorEndpoint>;

/** See the header. */
export type ClusterConfig = Omit<ClusterSpec, "access" | "registries" | "bootstrap"> & {
  readonly access: Omit<AccessSpec, "sshKeys" | "privateKey" | "bastion"> & {
    readonly bastion?: BastionSpec<FileReference | typeof AGENT> | undefined;
    readonly sshKeys: readonly PublicKey[];
    /** Undefined: an SSH agent, or the environment of the provider. */
    readonly privateKey?: FileReference | undefined;
  };
  readonly registries: RegistriesSpec<MirrorEndpoint>;
  readonly bootstrap: BootstrapSpec<PlaybookFile>;
};
