/** Keys of a site's storage. Source of the words: storage pages of docs.starlingx.io. */
import { z } from "zod";
import { DNS_LABEL } from "../../../../core/names";
import { pattern } from "../../../schema-values";
import { PERSONALITIES } from "../configurations";

const disk = pattern(/^\/dev\/[A-Za-z0-9_.:/-]{1,200}$/, "a path below /dev").describe(
  "Disk of an OSD: /dev/nvme1n1, or better /dev/disk/by-path/…",
);

const storageSchema = z.strictObject({
  backend: z
    .enum(["none", "ceph", "ceph-rook"])
    .optional()
    .describe("Where volumes come from; default: none, and ceph with dedicated storage"),
  deployment: z
    .enum(["controller", "dedicated", "open"])
    .optional()
    .describe("Model of Rook Ceph; default controller"),
  replication: z.int().min(1).max(3).optional().describe("Replicas of data"),
  osds: z
    .partialRecord(z.enum(PERSONALITIES), z.array(disk).min(1))
    .optional()
    .describe("Disks of OSDs on each host of a role"),
  monitor: pattern(DNS_LABEL, "the name of a node")
    .optional()
    .describe("Worker that runs the third monitor, with controller storage"),
});

/** See the header. */
export const storage = storageSchema.describe("Storage of the site");
