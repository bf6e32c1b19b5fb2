/** What the server's process is told on its command line: one JSON text, so that nothing is lost or split. */
import { z } from "zod";
import { DRIVER_KINDS } from "./machine-driver";

/** See the module's header. Holds no secret: command lines can be read by everybody. */
export const serveOptionsSchema = z.strictObject({
  folder: z.string().min(1),
  cacheFolder: z.string().min(1),
  driver: z.enum(DRIVER_KINDS),
  port: z.int().min(0).max(65535),
  nodePort: z.int().min(0).max(65535),
  rules: z
    .strictObject({
      era: z.enum(["classic", "metro"]).optional(),
      timeScale: z.number().min(0).optional(),
      failedDevices: z.enum(["visible", "403", "404"]).optional(),
      bootTimeoutMs: z.int().min(1).optional(),
      parallelBoots: z.int().min(1).optional(),
    })
    .default({}),
});

/** See {@link serveOptionsSchema}. */
export type ServeOptions = z.output<typeof serveOptionsSchema>;
