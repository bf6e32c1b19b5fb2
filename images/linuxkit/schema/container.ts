/** A container of a LinuxKit file: what runs once at boot or shutdown, or as a service. */
import { z } from "zod";
import { resources } from "./resources";
import { id, idMappings, mounts, strings, texts } from "./values";

const namespaces = z.strictObject({
  cgroup: z.string().optional(),
  ipc: z.string().optional(),
  mnt: z.string().optional(),
  net: z.string().optional(),
  pid: z.string().optional(),
  user: z.string().optional(),
  uts: z.string().optional(),
});

const runtime = z.strictObject({
  cgroups: strings.optional(),
  mounts: mounts.optional(),
  mkdir: strings.optional(),
  interfaces: z
    .array(
      z.strictObject({
        name: z.string().optional(),
        add: z.string().optional(),
        peer: z.string().optional(),
        createInRoot: z.boolean().optional(),
      }),
    )
    .optional(),
  bindNS: namespaces.optional(),
  namespace: z.string().optional(),
});

/** Devices; how their mode may be written depends on who reads it. */
export function devicesWith<M extends z.ZodType<string | undefined>>(mode: M) {
  return z.array(
    z.strictObject({
      path: z.string().optional(),
      type: z.string().optional(),
      major: z.int().optional(),
      minor: z.int().optional(),
      mode,
    }),
  );
}

/** Bounds of the kernel (proc(5), oom_score_adj). */
const OOM_SCORES = [-1000, 1000] as const;

/**
 * See the header. What is left out comes from the image's label org.mobyproject.config, else from the
 * image itself; lists replace, but for `capabilities.add` and `binds.add`.
 */
export const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  capabilities: strings.optional(),
  "capabilities.add": strings.optional(),
  ambient: strings.optional(),
  mounts: mounts.optional(),
  binds: strings.optional(),
  "binds.add": strings.optional(),
  devices: devicesWith(z.string().optional()).optional(),
  tmpfs: strings.optional(),
  command: strings.optional(),
  env: z.array(z.string().regex(/^[^=]+=/, "NAME=value")).optional(),
  cwd: z.string().optional(),
  net: z.string().optional(),
  pid: z.string().optional(),
  ipc: z.string().optional(),
  uts: z.string().optional(),
  userns: z.string().optional(),
  readonly: z.boolean().optional(),
  maskedPaths: strings.optional(),
  readonlyPaths: strings.optional(),
  uid: id.optional(),
  gid: id.optional(),
  additionalGids: z.array(id).optional(),
  noNewPrivileges: z.boolean().optional(),
  hostname: z.string().optional(),
  oomScoreAdj: z.int().min(OOM_SCORES[0]).max(OOM_SCORES[1]).optional(),
  rootfsPropagation: z.enum(["private", "slave", "shared"]).optional(),
  cgroupsPath: z.string().optional(),
  resources: resources.optional(),
  sysctl: texts.optional(),
  rlimits: strings.optional(),
  uidMappings: idMappings.optional(),
  gidMappings: idMappings.optional(),
  annotations: texts.optional(),
  runtime: runtime.optional(),
});

/** A container. */
export type Container = z.output<typeof container>;
