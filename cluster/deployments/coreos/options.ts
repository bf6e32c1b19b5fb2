/**
 * Keys of a coreos deployment. The same keys are written as plays, as Ignition or as a cloud-config, by what the nodes
 * boot; see families.ts for what each of the three has.
 */
import { z } from "zod";
import { DNS_LABEL } from "../../../core/names";
import { httpUrl, pattern, text } from "../../schema-values";
import { artifact } from "../artifact";

const nodeName = pattern(DNS_LABEL, "the name of a node");
const port = z.int().min(1).max(65_535);
const version = pattern(/^v?\d+\.\d+\.\d+$/, "a version such as 3.5.16");
const ipv4 = pattern(/^\d{1,3}(\.\d{1,3}){3}$/, "an IPv4 address");
const cidr = pattern(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "an IPv4 network such as 10.2.0.0/16");
const domain = pattern(
  /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "a domain such as edge.example",
);
/** Words of systemd's and dockerd's lines: what would end one or begin a quote is refused. */
const word = pattern(/^[^\s"'\\$`%]+$/, "one word without quotes, backslashes, $, % and backticks");

const etcd = z
  .strictObject({
    version: version
      .optional()
      .describe(
        "Version; with artifacts it is what the binaries must report, else what the image has",
      ),
    artifacts: artifact("Archive (.tar or .tar.gz) with etcd and etcdctl at its top")
      .optional()
      .describe(
        "Where nodes get etcd from, when their image has none; default in the lab: the lab's own",
      ),
    members: z
      .record(nodeName, ipv4)
      .optional()
      .describe("Address of each member by its node's name, for nodes that no playbook can tell"),
    discovery: httpUrl
      .optional()
      .describe("URL of a cluster at a discovery service, instead of members"),
    discoverySrv: domain
      .optional()
      .describe("Domain whose SRV records name the members, instead of members"),
    clientPort: port.optional().describe("Port for clients; default 2379"),
    peerPort: port.optional().describe("Port for other members; default 2380"),
  })
  .describe("The store that everything else depends on");

const docker = z
  .strictObject({
    engine: z
      .union([
        z.enum(["packages", "none"]),
        artifact("Archive of the engine for Linux, with docker/dockerd in it").extend({
          version: version.optional().describe("Version that dockerd must report"),
        }),
      ])
      .optional()
      .describe("Where dockerd comes from, when the image has none"),
    options: z.array(word).default([]).describe("Flags of dockerd"),
  })
  .describe("Docker Engine on every node");

const flannel = z
  .strictObject({
    network: cidr.describe("Network that containers get addresses of"),
    subnetLen: z.int().min(1).max(32).default(24).describe("Bits of each node's part of it"),
    subnetMin: ipv4.optional().describe("First part that is handed out; default: the second one"),
    subnetMax: ipv4.optional().describe("Last part that is handed out; default: the last one"),
    backend: z
      .strictObject({
        type: z.enum(["vxlan", "host-gw", "udp"]).default("vxlan").describe("How packets travel"),
        vni: z
          .int()
          .min(1)
          .max(16_777_215)
          .optional()
          .describe("Identifier of the VXLAN; default 1"),
        port: port.optional().describe("UDP port; default: the kernel's for vxlan, 8285 for udp"),
      })
      .prefault({})
      .describe("How packets travel between nodes"),
    interface: pattern(/^[A-Za-z0-9._-]{1,15}$/, "an interface's name")
      .optional()
      .describe("Interface between nodes; default: that of the default route"),
    version: version.optional().describe("Version that flanneld must report"),
    artifacts: artifact("Archive (.tar or .tar.gz) with flanneld and mk-docker-opts.sh at its top")
      .optional()
      .describe("Where nodes get flannel from, when their image has none"),
  })
  .describe("One network for the containers of all nodes");

const unit = z.strictObject({
  name: text(1, 255).describe("Name of the unit, such as backup.timer"),
  contents: lines().optional().describe("The unit's file; left out for a unit that the image has"),
  enabled: z.boolean().default(true).describe("Whether it runs"),
  roles: z
    .array(z.enum(["etcd-member", "etcd-proxy", "worker"]))
    .min(1)
    .optional()
    .describe("Roles whose nodes have it; default: all"),
  dropins: z
    .array(
      z.strictObject({
        name: text(1, 255).describe("Name of the drop-in, such as 10-limits.conf"),
        contents: lines().describe("The drop-in's file"),
      }),
    )
    .default([])
    .describe("Drop-ins"),
});

/** See the header. */
export const coreosOptions = {
  etcd: etcd.prefault({}),
  docker: docker.optional(),
  flannel: flannel.optional(),
  fleet: z
    .strictObject({
      metadata: z
        .record(pattern(/^[A-Za-z0-9._-]+$/, "letters, digits and . _ -"), word)
        .default({})
        .describe("What units may ask for"),
    })
    .optional()
    .describe("The scheduler of CoreOS until 2018"),
  units: z.array(unit).default([]).describe("Units of your own"),
  update: z
    .strictObject({
      group: z
        .enum(["alpha", "beta", "stable", "lts"])
        .optional()
        .describe("Channel that updates are of"),
      server: httpUrl.optional().describe("Server that updates are of; default: the public one"),
      enabled: z.boolean().default(true).describe("Whether the image updates itself"),
      reboot: z
        .enum(["etcd-lock", "best-effort", "reboot", "off"])
        .optional()
        .describe("When a node starts the new version; etcd-lock: one node at a time"),
    })
    .optional()
    .describe("Updates of the image"),
};

/** A coreos deployment's keys as values. */
export type CoreosOptions = z.output<z.ZodObject<typeof coreosOptions>>;
const schema = z.strictObject(coreosOptions);

/** The keys with their defaults; undefined when they are malformed, which the schema of the file tells. */
export function tryReadOptions(
  written: Readonly<Record<string, unknown>>,
): CoreosOptions | undefined {
  const { kind: _, ...keys } = written;
  return schema.safeParse(keys).data;
}

/** A unit of one's own. */
export type CoreosUnit = CoreosOptions["units"][number];
/** flannel's settings. */
export type FlannelOptions = NonNullable<CoreosOptions["flannel"]>;

/** Text of several lines. */
function lines() {
  return pattern(/^[^\0]*$/, "text without null characters").max(65_536);
}
