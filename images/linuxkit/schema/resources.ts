/** Limits of a container's control group: the keys are linuxkit's, which are not always OCI's (`blockio`). */
import { z } from "zod";

const number = z.int().optional();
const text = z.string().optional();
const weights = z.array(
  z.strictObject({ major: number, minor: number, weight: number, leafWeight: number }),
);
const rates = z.array(z.strictObject({ major: number, minor: number, rate: number }));

/** See the header. */
export const resources = z.strictObject({
  devices: z
    .array(
      z.strictObject({
        allow: z.boolean().optional(),
        type: text,
        major: number,
        minor: number,
        access: text,
      }),
    )
    .optional(),
  memory: z
    .strictObject({
      limit: number,
      reservation: number,
      swap: number,
      kernel: number,
      kernelTCP: number,
      swappiness: number,
      disableOOMKiller: z.boolean().optional(),
    })
    .optional(),
  cpu: z
    .strictObject({
      shares: number,
      quota: number,
      period: number,
      realtimeRuntime: number,
      realtimePeriod: number,
      cpus: text,
      mems: text,
    })
    .optional(),
  pids: z.strictObject({ limit: number }).optional(),
  blockio: z
    .strictObject({
      weight: number,
      leafWeight: number,
      weightDevice: weights.optional(),
      throttleReadBpsDevice: rates.optional(),
      throttleWriteBpsDevice: rates.optional(),
      throttleReadIOPSDevice: rates.optional(),
      throttleWriteIOPSDevice: rates.optional(),
    })
    .optional(),
  hugepageLimits: z.array(z.strictObject({ pageSize: number, limit: number })).optional(),
  network: z
    .strictObject({
      classID: number,
      priorities: z.array(z.strictObject({ name: text, priority: number })).optional(),
    })
    .optional(),
});
