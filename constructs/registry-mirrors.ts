/**
 * Mirrors of container registries: one model, written for every container runtime. Nothing is
 * asked on the network; logins are named only, as all of it ends up in Terraform's state.
 */
import type {
  CredentialsSpec,
  DeploymentRules,
  Mirror,
  MirrorEndpoint,
  MirrorMode,
  RegistriesSpec,
  RewritesSpec,
} from "../cluster";
import { runtimesOf } from "../cluster/mirror-runtimes";
import { type PathBase, readCertificates } from "../cluster/references";
import { REWRITE_BASES, type RewriteBase } from "../images/references/rewrites";
import { currentBase, valueOf } from "./files";
import { known } from "./known";
import { renderMirrors } from "./mirrors/render";
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
  /** Names in `bootstrap.secretVars` of the login. @default - no login */
  readonly credentials?: CredentialsSpec;
}

/** What a cluster says of its registries beside the mirrors. */
export interface MirrorSettings extends Omit<RegistriesSpec, "mirrors" | "rewrites"> {
  /** Replacements of container images: a table, or a table and rules that win over it. @default - none */
  readonly rewrites?: RewriteBase | Partial<RewritesSpec> | undefined;
}

/** All mirrors of a cluster. */
export class RegistryMirrors {
  readonly #mirrors = new Map<string, MirrorEndpoint[]>();
  readonly #settings: Omit<RegistriesSpec, "mirrors">;
  readonly #base: PathBase;

  /**
   * @param settings - runtimes that must be able to use every mirror, replacements of container images, images to
   * hold and whether a plan asks for them; default: the deployment's own, else containerd and dockerd, each with what it can
   * @param base - where paths of certificates count from; default: the current folder
   */
  constructor(settings: MirrorSettings = {}, base: PathBase = currentBase()) {
    const { rewrites, ...rest } = settings;
    this.#settings = {
      ...rest,
      ...(rewrites === undefined ? {} : { rewrites: settled(rewrites) }),
    };
    this.#base = base;
  }

  /**
   * Adds a mirror behind those that the registry has.
   * @param registry - `docker.io`, `registry.example:5000`, or `*` for all others
   * @param endpoint - where it is mirrored
   * @throws UserFault AS1211, AS1213 when the certificates cannot be read, AS1604 for tokens
   */
  add(registry: string, endpoint: MirrorEndpointProps): this {
    const { url, mode = "fallback", insecure = false, credentials } = endpoint;
    return this.addResolved(known(registry, "mirror"), {
      url: known(url, `mirror ${JSON.stringify(registry)}`),
      mode,
      insecure,
      ...(credentials ? { credentials } : {}),
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
    return { ...this.#settings, mirrors };
  }

  /** Everything that is known of registries, files included. */
  get resolved(): RegistriesSpec<MirrorEndpoint> {
    return { ...this.#settings, mirrors: this.all };
  }

  /**
   * The files, sorted by path; templates stand for logins.
   * @param rules - of the deployment, whose runtime they are for when none was asked for; default: of no deployment
   */
  render(rules?: Pick<DeploymentRules, "runtime">): RenderedFile[] {
    return renderMirrors(this.resolved, runtimesOf(this.#settings, rules));
  }

  #certificates(registry: string, { ca }: MirrorEndpointProps): Pick<MirrorEndpoint, "ca"> {
    if (ca === undefined) return {};
    const at = `mirror ${JSON.stringify(registry)}`;
    return { ca: valueOf(readCertificates(known(ca, at), this.#base), at) };
  }
}

function settled(given: string | Partial<RewritesSpec>): RewritesSpec {
  const said = typeof given === "string" ? { base: given } : given;
  return { base: REWRITE_BASES[0], images: [], ...said };
}
