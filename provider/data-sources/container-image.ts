/**
 * `armstead_container_image`: asks a registry, or its mirrors, what platforms an image has; a plan fails
 * when linux/arm64 is none of them. Logins are those of docker's config.json: none gets into the state.
 */
import { fault, type Fault, throwIfAny, UserFault } from "../../core/faults";
import { tryArm64Name } from "../../images/references/naming-trap";
import { isArm64 } from "../../images/references/platform";
import { formatReference, parseReference } from "../../images/references/reference";
import { findImage, formatPlatform, type RegistryMirror } from "../../registry/registry";
import type { DataSource } from "../framework/resource";
import type { ProviderClient } from "../provider-client";

/** A mirror in Terraform's view. */
export interface ImageMirrorModel {
  readonly url: string;
  readonly ca: string | null;
  readonly insecure: boolean | null;
}

/** Terraform's view. */
export interface ContainerImageModel {
  readonly image: string;
  readonly mirrors: readonly ImageMirrorModel[] | null;
  readonly only: boolean | null;
  readonly reference: string;
  readonly digest: string;
  readonly media_type: string;
  readonly platforms: readonly string[];
  readonly source: string;
}

const TIME_LIMIT_MS = 120_000;

/** See the header. */
export const containerImageDataSource: DataSource<ProviderClient, ContainerImageModel> = {
  type: "armstead_container_image",
  doc: "A container image, as its registry or a mirror has it. It has to have linux/arm64.",
  schema: {
    image: { type: "string", required: true, doc: "`busybox`, `quay.io/coreos/etcd:v3.5.16`." },
    mirrors: {
      nested: {
        nesting: "list",
        attributes: {
          url: {
            type: "string",
            required: true,
            doc: "http or https; a path is a prefix of the repositories.",
          },
          ca: { type: "string", optional: true, doc: "PEM certificates, beside the system's." },
          insecure: {
            type: "bool",
            optional: true,
            doc: "Leaves the certificate unchecked. Default: false.",
          },
        },
      },
      optional: true,
      doc: "Mirrors of the image's registry, asked first and in this order.",
    },
    only: {
      type: "bool",
      optional: true,
      doc: "Whether the registry itself is not asked. Default: false.",
    },
    reference: { type: "string", computed: true, doc: "The image with nothing left to guess." },
    digest: { type: "string", computed: true, doc: "`sha256:…` of its index or manifest." },
    media_type: { type: "string", computed: true, doc: "Media type of that." },
    platforms: {
      type: ["list", "string"],
      computed: true,
      doc: "`linux/arm64`, `linux/arm/v7`, …",
    },
    source: { type: "string", computed: true, doc: "Where it was found." },
  },
  timeLimit: TIME_LIMIT_MS,
  validate: ({ image, mirrors }) => [
    ...(typeof image === "string" ? checkImage(image) : []),
    ...(Array.isArray(mirrors) ? mirrors : []).flatMap((it: unknown, n) => {
      const { url } = (it ?? {}) as { url?: unknown };
      return typeof url === "string" && !/^https?:\/\/[^/?#]+[^?#]*$/.test(url)
        ? [fault("AS1883", `mirrors[${n}].url`, { given: url })]
        : [];
    }),
  ],
  async read({ client: { registry }, signal }, config) {
    throwIfAny(checkImage(config.image));
    const image = parseKnown(config.image);
    const mirrors = (config.mirrors ?? []).map(mirrorOf);
    const query = { image, mirrors, only: config.only === true };
    const found = await findImage(registry, query, { signal });
    const platforms = found.platforms.map(formatPlatform);
    if (!found.platforms.some(isArm64)) {
      const given = formatReference(image);
      const hint = `it has: ${platforms.join(", ") || "no platform"}`;
      throw new UserFault([fault("AS1881", "image", { given, hint })]);
    }
    return {
      ...config,
      reference: formatReference(image),
      digest: found.digest,
      media_type: found.mediaType,
      platforms,
      source: found.from,
    };
  },
};

function checkImage(given: string): Fault[] {
  const parsed = parseReference(given);
  if (parsed.kind === "wrong") {
    return [fault("AS1882", "image", { problem: parsed.problem, given })];
  }
  const arm64 = tryArm64Name(parsed.value);
  if (!arm64) return [];
  const hint = `write ${formatReference(arm64)}`;
  return [fault("AS1882", "image", { problem: "the name says amd64:", given, hint })];
}

function parseKnown(text: string) {
  const parsed = parseReference(text);
  if (parsed.kind === "wrong") throw new UserFault(checkImage(text));
  return parsed.value;
}

function mirrorOf({ url, ca, insecure }: ImageMirrorModel): RegistryMirror {
  return {
    url,
    ...(ca === null ? {} : { ca }),
    ...(insecure === true ? { insecure } : {}),
  };
}
