/** What the image of the nodes has, and what is asked of it all the same. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding } from "../../../finding";
import type { CoreosOptions } from "../options";
import { type CoreosContext, inDeployment } from "./context";
import { checkChecksum } from "./membership";

/** Flags of dockerd that flannel sets. */
const FLANNEL_FLAGS = ["bip", "mtu", "ip-masq", "fixed-cidr"];

/** One cluster is set up in one way: members that plays set up know nothing of members that Ignition does. */
export function checkOneFamily(cluster: ClusterSpec): Finding[] {
  const families = cluster.pools.map(({ image }) => (image ?? cluster.image).family);
  return families.flatMap((given, index) => {
    const at = ["pools", index, ...(cluster.pools[index]?.image ? ["image", "family"] : ["name"])];
    const [first = given] = families;
    return given === first
      ? []
      : [
          finding("AS1551", at, cluster, {
            problem: `other pools boot ${first}, and this one`,
            given,
          }),
        ];
  });
}

/** Rules of docker, fleet and updates. */
export function checkImage(context: CoreosContext): Finding[] {
  return [...checkDocker(context), ...checkFleet(context), ...checkUpdate(context)];
}

function checkDocker(context: CoreosContext): Finding[] {
  const { options, traits, family } = context;
  const { docker, flannel } = options;
  if (docker === undefined) return [];
  const brings = traits.brings.includes("docker");
  const at = ["docker", "engine"];
  const clash = flannel === undefined ? [] : docker.options.filter(isFlannels);
  return [
    ...(docker.engine === undefined && !brings
      ? [inDeployment(context, "AS1556", at, { problem: 'key "engine" is missing' })]
      : []),
    ...(docker.engine !== undefined && brings
      ? [
          inDeployment(context, "AS1556", at, {
            key: true,
            problem: `image ${family} has its own`,
            given: "engine",
          }),
        ]
      : []),
    ...(typeof docker.engine === "object"
      ? checkChecksum(context, at, docker.engine.checksum)
      : []),
    ...clash.map((given) =>
      inDeployment(context, "AS1565", ["docker", "options", docker.options.indexOf(given)], {
        given,
      }),
    ),
  ];
}

function isFlannels(option: string): boolean {
  const [, name = ""] = /^--?([a-z-]+)/.exec(option) ?? [];
  return FLANNEL_FLAGS.includes(name);
}

function checkFleet(context: CoreosContext): Finding[] {
  const { family, options, traits } = context;
  return options.fleet === undefined || traits.brings.includes("fleet")
    ? []
    : [
        inDeployment(context, "AS1566", ["fleet"], {
          key: true,
          problem: `image ${family} has no fleet`,
          given: "fleet",
        }),
      ];
}

function checkUpdate(context: CoreosContext): Finding[] {
  const { options, traits } = context;
  const { update } = options;
  if (update === undefined) return [];
  if (traits.channels.length === 0) {
    return [
      inDeployment(context, "AS1567", ["update"], {
        key: true,
        problem: "nodes that plays set up are updated by their distribution, not by key",
        given: "update",
      }),
    ];
  }
  return [...checkChannel(context, update), ...checkReboot(context, update)];
}

function checkChannel(
  context: CoreosContext,
  { group }: NonNullable<CoreosOptions["update"]>,
): Finding[] {
  const { family, traits } = context;
  return group === undefined || traits.channels.includes(group)
    ? []
    : [
        inDeployment(context, "AS1567", ["update", "group"], {
          problem: `image ${family} has no channel`,
          given: group,
          allowed: traits.channels,
        }),
      ];
}

function checkReboot(
  context: CoreosContext,
  { reboot, enabled, server }: NonNullable<CoreosOptions["update"]>,
): Finding[] {
  const given = reboot;
  if (!enabled && (server !== undefined || (reboot !== undefined && reboot !== "off"))) {
    const key = server === undefined ? "reboot" : "server";
    return [
      inDeployment(context, "AS1567", ["update", key], {
        problem: "updates are switched off, and yet there is",
        given: key,
      }),
    ];
  }
  if (context.family !== "flatcar") return [];
  const at = ["update", "reboot"];
  // Flatcar/flatcar#1442: its client speaks the old API, which etcd has switched off since 3.4.
  const deaf = inDeployment(context, "AS1567", at, {
    severity: "warning",
    problem:
      "images of Flatcar whose locksmith speaks etcd's old API only take no turns with etcd 3.4 and later",
    given,
    hint: "try it on one node, or use reboot with a window, or an update operator",
  });
  if (reboot === "etcd-lock") return [deaf];
  // It went when etcd was no longer on every machine.
  return reboot === "best-effort"
    ? [
        inDeployment(context, "AS1567", at, {
          problem: "image flatcar has no such strategy",
          given,
          allowed: ["etcd-lock", "reboot", "off"],
        }),
      ]
    : [];
}
