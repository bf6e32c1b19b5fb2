/**
 * Mirrors of container registries: one model, written for every container runtime. Nothing is
 * asked on the network; credentials have no place here, as all of it ends up in Terraform's state.
 */
import type {
  ContainerRuntime,
  Mirror,
  MirrorEndpoint,
  MirrorMode,
  RegistriesSpec,
} from "../cluster";
import { type PathBase, readCertificates } from "../cluster/references";
import { valueOf } from "./files";
import { known } from "./known";
import { renderContainerd } from "./mirrors/containerd";
import { renderDockerd } from "./mirrors/dockerd";
import type { RenderedFile } from "./mirrors/rendered-file";

/** Where a registry is mirrored. */
export interface MirrorEndpointProps {
  /** http or https URL; a path is a prefix of the repositories. */
  readonly url: string;
  /** Whether the registry itself is asked when no mirror answers. @default fallback */
  readonly mode?: MirrorMode;
  /** Path of a file with PEM certificates, from the current folder. @default - the node's own */
  readonly ca?: string;
  /** Leaves the mirror's certificate unchecked. @default false */
  readonly insecure?: boolean;
}

/** All mirrors of a cluster. */
export class RegistryMirrors {
  readonly #mirrors = new Map<string, MirrorEndpoint[]>();

  /**
   * @param base - where paths of certificates count from
   * @param runtimes - runtimes that must be able to use every mirror; default: all, each with what it can
   */
  constructor(
    private readonly base: PathBase,
    readonly runtimes?: readonly ContainerRuntime[],
  ) {}

  /**
   * Adds a mirror behind those that the registry has.
   * @param registry - `docker.io`, `registry.example:5000`, or `*` for all others
   * @param endpoint - where it is mirrored
   * @throws UserFault AS1211, AS1213, AS1604 when the certificates cannot be read
   */
  add(registry: string, endpoint: MirrorEndpointProps): this {
    const { url, mode = "fallback", insecure = false } = endpoint;
    return this.addResolved(registry, {
      url,
      mode,
      insecure,
      ...this.#certificates(registry, endpoint),
    });
  }

  /** Adds a mirror whose files are read already. */
  addResolved(registry: string, endpoint: MirrorEndpoint): this {
    this.#mirrors.set(registry, [...(this.#mirrors.get(registry) ?? []), endpoint]);
    return this;
  }

  /** Every registry with its mirrors, in the order in which they were added. */
  get all(): readonly Mirror[] {
    return [...this.#mirrors].map(([registry, endpoints]) => ({ registry, endpoints }));
  }

  /** The mirrors as a cluster file would describe them. */
  describe(): RegistriesSpec {
    const mirrors = this.all.map(({ registry, endpoints }) => ({
      registry,
      endpoints: endpoints.map(({ ca, ...it }) => (ca ? { ...it, ca: ca.written } : it)),
    }));
    return { mirrors, ...(this.runtimes ? { runtimes: this.runtimes } : {}) };
  }

  /** The files of every runtime, sorted by path. */
  render(): RenderedFile[] {
    const files = [...this.all.flatMap(renderContainerd), ...renderDockerd(this.all)];
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #certificates(registry: string, { ca }: MirrorEndpointProps): Pick<MirrorEndpoint, "ca"> {
    if (ca === undefined) return {};
    const at = `mirror ${JSON.stringify(registry)}`;
    return { ca: valueOf(readCertificates(known(ca, at), this.base), at) };
  }
}
