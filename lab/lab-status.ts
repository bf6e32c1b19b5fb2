/** What a lab says of itself at `GET /_lab/status`: the server's side and its readers share this shape. */
import { z } from "zod";
import { DRIVER_KINDS } from "./machine-driver";

const machineSchema = z.object({
  id: z.string(),
  hostname: z.string(),
  state: z.string(),
  /** Taken out of the account after a failure. */
  hidden: z.boolean(),
  projectId: z.string(),
  plan: z.string(),
  system: z.string(),
  metro: z.string(),
  address: z.string(),
  sshPort: z.int(),
  privateAddress: z.string(),
  /** Whether the machine's process runs. */
  running: z.boolean(),
  /** File of its serial console or log. */
  console: z.string(),
  /** OpenSSH line; null before the first installation. */
  hostKey: z.string().nullable(),
  tags: z.array(z.string()),
});

/** See the module's header. */
export const labStatusSchema = z.object({
  driver: z.enum(DRIVER_KINDS),
  architecture: z.string(),
  /** What the machines are, so that nobody takes a process for an ARM64 machine. */
  description: z.string(),
  pid: z.int(),
  devices: z.array(machineSchema),
  projects: z.int(),
  sshKeys: z.int(),
  /** Ids of machine folders that belong to no device. */
  leftovers: z.array(z.string()),
  /** Requests by method and route. */
  requests: z.record(z.string(), z.int()),
  /** Faults that are still to strike. */
  faults: z.array(z.unknown()),
});

/** See {@link labStatusSchema}. */
export type LabStatus = z.output<typeof labStatusSchema>;
/** One machine of it. */
export type MachineStatus = z.output<typeof machineSchema>;
