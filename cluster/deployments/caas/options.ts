/** Keys of a caas deployment. */
import { z } from "zod";
import { httpUrl, path, pattern, text } from "../../schema-values";
import { artifact } from "../artifact";
import { CAAS_ROLES } from "./machine";

const port = z.int().min(1).max(65_535);
const cidr = pattern(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "an IPv4 network such as 172.30.0.0/24");
const mac = pattern(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, "a MAC address in lower case with colons");

/** Stores of etcd that a member runs, unless others are named: as upstream has them. */
export const USUAL_STORES = {
  fleet: { client: 4001, peer: 7001 },
  vault: { client: 4002, peer: 7002 },
  kubernetes: { client: 4003, peer: 7003 },
} as const;

/** See the header. */
export const caasOptions = {
  server: httpUrl.describe("URL of the boot server, as machines reach it"),
  assets: httpUrl
    .optional()
    .describe("URL of the folder with kernel and ramdisk; default: assets/flatcar of the server"),
  client: artifact("Program that tells the boot server what a machine is").describe(
    "Discovery client that unknown machines run",
  ),
  discovery: path
    .optional()
    .describe(
      "JSON file with what discovery clients have told; without it no machine has a role yet",
    ),
  assigned: z
    .record(mac, z.array(z.enum(CAAS_ROLES)).min(1))
    .default({})
    .describe("Roles that machines have already, by MAC address: they keep them"),
  stacked: z
    .boolean()
    .default(false)
    .describe("Whether the members of etcd are the control planes too"),
  etcd: z
    .strictObject({
      artifacts: artifact("Archive (.tar or .tar.gz) with etcd and etcdctl at its top").describe(
        "Where machines get etcd from",
      ),
      stores: z
        .record(
          pattern(/^[a-z][a-z0-9-]{0,31}$/, "lower-case letters, digits and hyphens"),
          z.strictObject({
            client: port.describe("Port for clients"),
            peer: port.describe("Port for other members"),
          }),
        )
        .default(USUAL_STORES)
        .describe("Stores that every member runs; default: fleet, vault and kubernetes"),
    })
    .describe("The stores that everything else depends on"),
  serviceNetwork: cidr.default("172.30.0.0/24").describe("Network of services of the orchestrator"),
  podNetwork: cidr
    .default("10.99.0.0/16")
    .describe("Network of containers, a /16: each machine gets a /24 of it"),
  sshKeys: z
    .array(text(1, 8_192))
    .default([])
    .describe("Public keys that may log in, in OpenSSH's format"),
};

const schema = z.strictObject(caasOptions);

/** A caas deployment's keys as values. */
export type CaasOptions = z.output<typeof schema>;

/** The keys with their defaults; undefined when they are malformed, which the schema of the file tells. */
export function tryReadCaasOptions(
  written: Readonly<Record<string, unknown>>,
): CaasOptions | undefined {
  const { kind: _, ...keys } = written;
  return schema.safeParse(keys).data;
}
