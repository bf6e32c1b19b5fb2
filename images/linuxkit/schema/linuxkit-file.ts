/**
 * The format of LinuxKit files, key by key. Source: linuxkit/linuxkit, src/cmd/linuxkit/moby/schema.go and
 * docs/yaml.md at 3bf33c3a; where the two differ, the schema is right: it is `rlimits` and `interfaces`.
 */
import { z } from "zod";
import { container } from "./container";
import { id, strings } from "./values";

const kernel = z.strictObject({
  image: z.string().optional(),
  cmdline: z.string().optional(),
  /** File of the kernel in its image. Upstream's default: kernel. */
  binary: z.string().optional(),
  /** Archive of its modules in its image; empty or none for no modules. Upstream's default: kernel.tar. */
  tar: z.string().optional(),
  ucode: z.string().optional(),
});

const volume = z.strictObject({
  name: z.string().regex(/^[a-z0-9_-]+$/, "lower-case letters, digits, _ and -"),
  image: z.string().optional(),
  readonly: z.boolean().optional(),
  format: z.enum(["filesystem", "oci"]).optional(),
  platforms: strings.optional(),
});

const file = z.strictObject({
  path: z.string(),
  directory: z.boolean().optional(),
  symlink: z.string().optional(),
  contents: z.string().optional(),
  source: z.string().optional(),
  metadata: z.enum(["yaml"]).optional(),
  optional: z.boolean().optional(),
  mode: z.string().optional(),
  uid: id.optional(),
  gid: id.optional(),
});

/** Items of each list, for judging one by one what is whole. */
export const ITEMS = {
  init: z.string(),
  onboot: container,
  onshutdown: container,
  services: container,
  volumes: volume,
  files: file,
} as const;

/** See the header. Unknown keys are errors at every level. */
export const linuxkitFile = z.strictObject({
  kernel: kernel.optional(),
  init: strings.optional(),
  volumes: z.array(volume).optional(),
  onboot: z.array(container).optional(),
  onshutdown: z.array(container).optional(),
  services: z.array(container).optional(),
  files: z.array(file).optional(),
  /** Accepted, and without any effect. */
  trust: z.strictObject({ image: strings.optional(), org: strings.optional() }).optional(),
});

/** A file's content. */
export type LinuxkitFile = z.output<typeof linuxkitFile>;
/** Its kernel. */
export type Kernel = z.output<typeof kernel>;
/** A volume. */
export type Volume = z.output<typeof volume>;
/** A file in the image. */
export type ImageFile = z.output<typeof file>;
