/** Kinds of values that LinuxKit files are made of. Messages follow "is not …" and name the form. */
import { z } from "zod";

/** A list of texts. */
export const strings = z.array(z.string());

/** A mapping of texts. */
export const texts = z.record(z.string(), z.string());

/** A user or group: its number, or the name of a container whose number is meant. */
export const id = z.union([z.string(), z.int()]);

/** Ids of a user namespace. */
export const idMappings = z.array(
  z.strictObject({
    hostID: z.int().min(0).optional(),
    containerID: z.int().min(0).optional(),
    size: z.int().min(0).optional(),
  }),
);

/** Mounts as the OCI runtime takes them, though linuxkit fills in what follows from the rest. */
export const mounts = z.array(
  z.strictObject({
    type: z.string().optional(),
    source: z.string().optional(),
    destination: z.string().optional(),
    options: strings.optional(),
    uidmappings: idMappings.optional(),
    gidmappings: idMappings.optional(),
  }),
);
