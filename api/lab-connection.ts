/**
 * The file by which a running lab tells its clients where it listens and by which token, so that
 * the endpoint `lab` needs no further setting. The lab writes it with mode 0600 and removes it.
 */
import { z } from "zod";

/** Name of the file in the lab's folder. */
export const LAB_CONNECTION_FILE = "connection.json";

/** What is in it. */
export const labConnectionSchema = z.strictObject({
  /** Base URL of the API, such as `http://127.0.0.1:7117/metal/v1`. */
  endpoint: z.url(),
  token: z.string().min(16),
  /** Process id of the server. */
  pid: z.int().positive(),
  driver: z.enum(["qemu", "process"]),
  /** Base URL of the services for nodes as the host sees it. */
  nodeServices: z.url(),
});

/** See {@link labConnectionSchema}. */
export type LabConnection = z.output<typeof labConnectionSchema>;
